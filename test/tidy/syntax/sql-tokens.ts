// SQL as tokens, by PostgreSQL's lexical rules: enough to tell a keyword from text and comment.

export interface SqlToken {
  readonly kind: 'word' | 'quoted' | 'text' | 'comment' | 'placeholder' | 'number' | 'symbol';
  /** As it is written; of a quoted name, what is between the quotes. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

// The order decides: a comment before the operator it starts with, E'…' before the word E.
const patterns: readonly (readonly [SqlToken['kind'], RegExp])[] = [
  ['comment', /--[^\n]*/y],
  ['text', /[eE]'(?:[^'\\]|\\[\s\S]|'')*'/y],
  ['text', /(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*'/y],
  ['text', /\$([\p{L}_][\p{L}\p{N}_]*)?\$[\s\S]*?\$\1\$/uy],
  ['quoted', /(?:[uU]&)?"(?:[^"]|"")*"/y],
  ['placeholder', /@extschema:[\w-]+@/y],
  ['word', /[\p{L}_][\p{L}\p{N}_$]*/uy],
  ['number', /0[xXoObB][\da-fA-F_]+|\d[\d_.]*(?:[eE][+-]?\d+)?|\$\d+/y],
  ['symbol', /::|[^\s]/y],
];

export function readSql(text: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const { kind, raw } = nextToken(text, at);
    if (kind !== undefined) tokens.push({ kind, text: plainName(kind, raw), line });
    line += raw.split('\n').length - 1;
    at += raw.length;
  }
  return tokens;
}

function nextToken(text: string, at: number): { kind?: SqlToken['kind']; raw: string } {
  if (text.startsWith('/*', at)) return { kind: 'comment', raw: blockComment(text, at) };
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const raw = pattern.exec(text)?.[0];
    if (raw !== undefined) return { kind, raw };
  }
  return { raw: text.charAt(at) };
}

// Block comments of PostgreSQL nest.
function blockComment(text: string, start: number): string {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const pair = text.slice(at, at + 2);
    if (pair !== '/*' && pair !== '*/') continue;
    depth += pair === '/*' ? 1 : -1;
    at += 1;
    if (depth === 0) return text.slice(start, at + 1);
  }
  return text.slice(start);
}

function plainName(kind: SqlToken['kind'], raw: string): string {
  return kind === 'quoted' ? raw.slice(raw.indexOf('"') + 1, -1).replaceAll('""', '"') : raw;
}
