// Takes the literals out of statement text: they may be anybody's data.

// One alternative a kind of token that must be recognised, so that a quote inside another token
// does not open a string: line comment, block comment, quoted identifier, dollar-quoted string,
// string with an optional prefix, number. A token cut off by track_activity_query_size ends with
// the text.
const token = new RegExp(
  [
    /--[^\n]*/,
    /\/\*[\s\S]*?(?:\*\/|$)/,
    /"(?:[^"]|"")*(?:"|$)/,
    /\$([A-Za-z_\u0080-\uffff]?[\w\u0080-\uffff]*)\$[\s\S]*?(?:\$\1\$|$)/,
    /\b[eE]'(?:[^'\\]|''|\\[\s\S])*(?:'|$|\\$)/,
    /(?:\b[bBxXnN]|\b[uU]&)?'(?:[^']|'')*(?:'|$)/,
    /(?<![\w$."])(?:0[xob][\da-f_]+|\d[\d_]*(?:\.[\d_]*)?(?:e[+-]?\d+)?|\.\d+)/i,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** Statement text with every literal replaced by `?`, comments removed, white space folded. */
export function redactStatement(statement: string, length = 200): string {
  const redacted = statement
    .replace(token, (found) => {
      if (found.startsWith('--') || found.startsWith('/*')) return ' ';
      return found.startsWith('"') ? found : '?';
    })
    .replace(/\s+/g, ' ')
    .trim();
  const letters = [...redacted];
  return letters.length > length ? `${letters.slice(0, length - 1).join('')}…` : redacted;
}
