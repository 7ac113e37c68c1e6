// Reads a connection URI into libpq's settings: several hosts, IPv6, percent-encoding.
import { RunbookError } from '../../kernel/errors.ts';
import { isConnectionOption, unknownOption } from './conninfo-options.ts';

/** Settings of a postgresql:// or postgres:// URI, decoded. Empty parts are left out. */
export function parseUri(text: string): ReadonlyMap<string, string> {
  const rest = text.slice(text.indexOf('://') + 3);
  const values = new Map<string, string>();
  const authority = readCredentials(rest, values);
  const { hosts, ports, tail } = readHosts(authority);
  store(values, 'host', hosts.join(','));
  store(values, 'port', ports.join(','));
  const question = tail.indexOf('?');
  const path = question < 0 ? tail : tail.slice(0, question);
  if (path.includes('@')) throw misplaced();
  store(values, 'dbname', path.slice(1));
  if (question >= 0) readParameters(tail.slice(question + 1), values);
  return values;
}

// The user's part ends at the first "@" that comes before a "/"; a "?" does not end it.
function readCredentials(rest: string, values: Map<string, string>): string {
  const end = /^[^@/]*@/.exec(rest)?.[0].length;
  if (end === undefined) return rest;
  const credentials = rest.slice(0, end - 1);
  const colon = credentials.indexOf(':');
  store(values, 'user', colon < 0 ? credentials : credentials.slice(0, colon));
  if (colon >= 0) store(values, 'password', credentials.slice(colon + 1));
  return rest.slice(end);
}

interface HostsPart {
  readonly hosts: readonly string[];
  readonly ports: readonly string[];
  readonly tail: string;
}

function readHosts(text: string): HostsPart {
  const hosts: string[] = [];
  const ports: string[] = [];
  let rest = text;
  while (true) {
    // No host holds an "@": it ends a user name or password that holds one itself.
    const host = rest.startsWith('[') ? readBracketed(rest) : (/^[^:/?,]*/.exec(rest)?.[0] ?? '');
    rest = rest.slice(host.length);
    if (host.includes('@')) throw misplaced();
    hosts.push(host.replace(/^\[|\]$/g, ''));
    const port = /^:([^/?,]*)/.exec(rest);
    ports.push(port?.[1] ?? '');
    rest = rest.slice(port?.[0].length ?? 0);
    if (!rest.startsWith(',')) break;
    rest = rest.slice(1);
  }
  return { hosts, ports, tail: rest };
}

function readBracketed(rest: string): string {
  const close = rest.indexOf(']');
  const after = rest[close + 1];
  const isClosed = close > 1 && (after === undefined || ':/?,'.includes(after));
  if (isClosed) return rest.slice(0, close + 1);
  throw new RunbookError('usage/connection-string', {
    what: 'the IPv6 address in the URI is empty, not closed, or followed by something unexpected',
    remedy: 'Write it as [::1] or [::1]:5432.',
  });
}

function readParameters(text: string, values: Map<string, string>): void {
  const pairs = text.split('&');
  if (pairs.at(-1) === '') pairs.pop();
  for (const pair of pairs) {
    const parts = pair.split('=');
    const [name, value] = parts;
    // An "@" here means that an unencoded "?" of a password ended the host: show nothing of it.
    if (pair.includes('@') && !isConnectionOption(name ?? '')) throw misplaced();
    if (parts.length !== 2 || name === undefined || value === undefined) {
      throw new RunbookError('usage/connection-string', {
        what: 'a parameter of the URI is not of the form name=value',
        remedy: 'Write "=" inside a value as %3D and "&" as %26.',
      });
    }
    storeParameter(values, decode(name, 'a parameter name'), decode(value, name));
  }
}

function storeParameter(values: Map<string, string>, name: string, value: string): void {
  if (name === 'ssl' && value === 'true') values.set('sslmode', 'require');
  else if (name === 'requiressl')
    values.set('sslmode', value.startsWith('1') ? 'require' : 'prefer');
  else if (isConnectionOption(name)) values.set(name, value);
  else throw unknownOption(name);
}

function store(values: Map<string, string>, key: string, encoded: string): void {
  if (encoded !== '') values.set(key, decode(encoded, key));
}

function decode(encoded: string, part: string): string {
  const isValid = !/%(?![0-9a-fA-F]{2})|%00/.test(encoded);
  if (!isValid) {
    throw new RunbookError('usage/connection-string', {
      what: `${part} in the URI has a "%" that does not begin a percent-encoded character`,
      remedy: 'Write "%" itself as %25.',
    });
  }
  // Byte by byte, as an encoded name need not be UTF-8 character by character.
  const bytes = encoded.replace(/%([0-9a-fA-F]{2})|[^%]+/g, (match, hex?: string) =>
    hex === undefined
      ? Buffer.from(match, 'utf8').toString('latin1')
      : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function misplaced(): RunbookError {
  return new RunbookError('usage/connection-string', {
    what: 'the URI has an "@" too many',
    why: 'A user name or password that holds "@", "/", "?" or "#" must be percent-encoded.',
    remedy: 'Write "@" as %40, "/" as %2F, "?" as %3F and "#" as %23.',
  });
}
