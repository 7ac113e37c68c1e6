// Shows characters that steer a terminal or hide in a text as text that people can see.

/**
 * Control and format characters as `\n`, `\x1b` or `\u202e`; every other letter stays. Names in a
 * database may hold any character: ESC drives the terminal, a line break forges a line, and marks
 * of direction or of no width make a name look like another one.
 */
export function visible(text: string): string {
  return text.replace(unseen, (letter) => shortForms.get(letter) ?? codePointForm(letter));
}

// C0, DEL and C1; format characters; line and paragraph separators; halves of a surrogate pair.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const shortForms: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function codePointForm(letter: string): string {
  const digits = (letter.codePointAt(0) ?? 0).toString(16);
  if (digits.length <= 2) return `\\x${digits.padStart(2, '0')}`;
  return digits.length <= 4 ? `\\u${digits.padStart(4, '0')}` : `\\u{${digits}}`;
}
