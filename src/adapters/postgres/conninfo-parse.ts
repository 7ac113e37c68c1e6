// Reads a connection string, URI or keyword=value, into libpq's settings. No message holds a value.
import { RunbookError } from '../../kernel/errors.ts';
import { isConnectionOption, unknownOption } from './conninfo-options.ts';
import { parseUri } from './conninfo-uri.ts';

export interface ParsedText {
  readonly form: 'URI' | 'DSN';
  readonly values: ReadonlyMap<string, string>;
}

/** True for what libpq takes for a connection string; anything else is a name. */
export function isConnectionString(text: string): boolean {
  return isUri(text) || text.includes('=');
}

/** Settings of a URI or DSN. Throws usage/connection-string or usage/pool-setting-in-url. */
export function parseConnectionString(text: string): ParsedText {
  if (isUri(text)) return { form: 'URI', values: parseUri(text) };
  return { form: 'DSN', values: parseDsn(text) };
}

function isUri(text: string): boolean {
  return text.startsWith('postgresql://') || text.startsWith('postgres://');
}

/**
 * SQLAlchemy names its driver in the scheme and JDBC its API. libpq would take such a URL for
 * keywords or a name, and would show all of it, password included.
 */
export function rejectForeignScheme(text: string): void {
  const scheme = /^\s*[a-z][\w+.:-]*:\/\//i.exec(text)?.[0];
  if (scheme === undefined || isUri(text)) return;
  throw new RunbookError('usage/connection-string', {
    what: `${scheme} is the scheme of another library`,
    remedy: 'Write postgresql:// instead.',
  });
}

const space = /[ \t\n\v\f\r]/;

function parseDsn(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let position = skipSpace(text, 0);
  let previous = '';
  while (position < text.length) {
    const keyword = readKeyword(text, position);
    const [key, value] = readValue(text, keyword);
    storeOption(values, { key, value, previous });
    previous = key;
    position = skipSpace(text, keyword.end);
  }
  return values;
}

interface Cursor {
  readonly key: string;
  /** Where reading goes on. */
  end: number;
}

function readKeyword(text: string, start: number): Cursor {
  let end = start;
  while (end < text.length && text[end] !== '=' && !space.test(text[end] ?? '')) end += 1;
  const key = text.slice(start, end);
  end = skipSpace(text, end);
  if (text[end] !== '=') {
    throw new RunbookError('usage/connection-string', {
      what: `the word at character ${start + 1} of the connection string has no "=" after it`,
      remedy: "Put a value that holds spaces in single quotes: password='two words'.",
    });
  }
  // libpq skips space after "=" too, so that "host= port=1" gives the host "port=1".
  return { key, end: skipSpace(text, end + 1) };
}

function readValue(text: string, cursor: Cursor): readonly [string, string] {
  const start = cursor.end;
  const isQuoted = text[start] === "'";
  let value = '';
  let at = isQuoted ? start + 1 : start;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (isQuoted ? character === "'" : space.test(character)) break;
    if (character === '\\') at += 1;
    value += text[at] ?? '';
    at += 1;
  }
  if (isQuoted && at >= text.length) {
    throw new RunbookError('usage/connection-string', {
      what: `the quote opened at character ${start + 1} of the connection string is not closed`,
      remedy: "Write a quote inside a quoted value as \\'.",
    });
  }
  cursor.end = isQuoted ? at + 1 : at;
  return [cursor.key, value];
}

function storeOption(
  values: Map<string, string>,
  { key, value, previous }: { key: string; value: string; previous: string },
): void {
  if (key === 'requiressl') {
    values.set('sslmode', value.startsWith('1') ? 'require' : 'prefer');
    return;
  }
  if (!isConnectionOption(key)) {
    // "password=two w=rds" must not show the rest of the password as an unknown keyword.
    if (!/password$/.test(previous)) throw unknownOption(key);
    throw new RunbookError('usage/connection-string', {
      what: `what follows the ${previous} in the connection string is not a connection setting`,
      remedy: 'Put a value that holds spaces in single quotes.',
    });
  }
  values.set(key, value);
}

function skipSpace(text: string, start: number): number {
  let position = start;
  while (position < text.length && space.test(text[position] ?? '')) position += 1;
  return position;
}
