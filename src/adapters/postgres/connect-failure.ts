// What became of each attempt to connect, whether to go on, and the one error they add up to.
import type { ErrorCode } from '../../kernel/error-codes.ts';
import { RunbookError } from '../../kernel/errors.ts';
import { EarlyRefusal } from './server-startup.ts';
import { sqlstateOf, toRunbookError } from './sqlstate.ts';
import { HandshakeFailure } from './tls.ts';

export interface Failure {
  /** What libpq would try after such a failure. */
  readonly next: 'encryption' | 'address' | 'host' | 'stop';
  readonly error: RunbookError;
}

export interface Attempt extends Failure {
  /** Host, address and port, or the socket's path. */
  readonly where: string;
}

const unreached: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused: nothing listens there',
  ENOENT: 'no such socket',
  EACCES: 'the socket may not be opened by this user',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  EADDRNOTAVAIL: 'the address cannot be reached from here',
  ENOTFOUND: 'the name has no address',
  EAI_AGAIN: 'the name server did not answer',
  ENOTDIR: 'no such socket',
  EINVAL: 'the address cannot be used',
};

/** Sorts an error of one attempt: what it is, and what to try next. */
export function failureOf(thrown: unknown, where: string): Failure {
  if (thrown instanceof EarlyRefusal) {
    const next = sqlstateOf(thrown.cause) === '57P03' ? 'host' : 'encryption';
    return { next, error: toRunbookError(thrown.cause, { doing: `connecting to ${where}` }) };
  }
  if (thrown instanceof RunbookError) return { next: nextAfter(thrown), error: thrown };
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (code === 'ETIMEDOUT') {
    const what = 'no answer within the time allowed';
    return { next: 'address', error: new RunbookError('unreachable/timeout', { what }) };
  }
  const known = unreached[code];
  if (known !== undefined) {
    const error = new RunbookError('unreachable/connect', { what: known, cause: thrown });
    return { next: 'address', error };
  }
  return { next: 'stop', error: startupError(thrown, where) };
}

function nextAfter(error: RunbookError): Failure['next'] {
  if (error.code === 'unreachable/session-attributes') return 'host';
  return error instanceof HandshakeFailure ? 'encryption' : 'stop';
}

function startupError(thrown: unknown, where: string): RunbookError {
  const error = toRunbookError(thrown, { doing: `connecting to ${where}` });
  if (error.code === 'unreachable/lost') {
    const what = 'the server closed the connection before the session began';
    return new RunbookError('unreachable/connect', { what, cause: thrown });
  }
  const message = thrown instanceof Error ? thrown.message : '';
  // The driver's own words for a failed SCRAM exchange; its messages hold no secret.
  if (error.code !== 'bug/unexpected' || !message.startsWith('SASL')) return error;
  return new RunbookError('denied/authentication', { what: message, cause: thrown });
}

/** The error of an attempt that ends the search, with what was tried before it. */
export function giveUp(failure: Attempt, attempts: readonly Attempt[]): RunbookError {
  const { error, where } = failure;
  const before = attempts.filter((attempt) => attempt !== failure).map(describe);
  const earlier = before.length === 0 ? '' : ` Before: ${before.join('; ')}.`;
  return new RunbookError(error.code, {
    what: error.message.includes(where) ? error.message : `${where}: ${error.message}`,
    why: `${error.why}${earlier}`,
    ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    cause: error.cause ?? error,
  });
}

// The most telling of several outcomes comes first.
const telling: readonly ErrorCode[] = [
  'unreachable/session-attributes',
  'unreachable/starting',
  'unreachable/connect',
  'unreachable/timeout',
];

const remedies: Partial<Record<ErrorCode, string>> = {
  'unreachable/session-attributes': 'Name the other servers too, or relax target_session_attrs.',
  'unreachable/starting': 'Try again when the server is ready.',
  'unreachable/connect': 'Check host, port and listen_addresses, and that the server runs.',
  'unreachable/timeout': 'Check host, port and firewalls; connect_timeout sets the limit.',
};

/** The error of a search in which no place let us in. */
export function connectError(attempts: readonly Attempt[]): RunbookError {
  const found = telling.find((code) => attempts.some(({ error }) => error.code === code));
  const code = found ?? attempts.at(-1)?.error.code ?? 'unreachable/timeout';
  const places = [...new Set(attempts.map(({ where }) => where))];
  const remedy = remedies[code];
  return new RunbookError(code, {
    what: `could not connect to ${places.join(' or ') || 'the server'}`,
    why:
      attempts.length === 0
        ? 'The time allowed was over.'
        : `${attempts.map(describe).join('; ')}.`,
    ...(remedy === undefined ? {} : { remedy }),
    cause: attempts.at(-1)?.error,
  });
}

function describe({ where, error }: Attempt): string {
  return `${where}: ${error.message}`;
}
