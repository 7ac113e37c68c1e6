// Turns what PostgreSQL or a socket reported into one of our errors: code, why and what to do.
import type { ErrorCode } from '../../kernel/error-codes.ts';
import { RunbookError } from '../../kernel/errors.ts';

/** What was being done when the error came, as the end of the sentence "… while". */
export interface ErrorContext {
  readonly doing: string;
  /** The role in use, to name in a GRANT. */
  readonly user?: string;
}

interface Meaning {
  readonly code: ErrorCode;
  readonly remedy?: string;
}

// Exact SQLSTATEs first, then classes (two characters). Appendix A of the PostgreSQL manual.
const meanings: Readonly<Record<string, Meaning>> = {
  '08': { code: 'unreachable/lost' },
  '25006': { code: 'refused/read-only' },
  '28000': {
    code: 'denied/authentication',
    remedy: 'See pg_hba.conf on the server: who may connect, from where, with TLS or without.',
  },
  '28P01': {
    code: 'denied/authentication',
    remedy: 'Correct the password: in the URL, PGPASSWORD, the passfile or the service file.',
  },
  '3D000': {
    code: 'usage/unknown-database',
    remedy: 'Correct the database name; without one, libpq takes the name of the role.',
  },
  '42501': { code: 'denied/privilege', remedy: 'Grant the privilege that the message names.' },
  '53300': {
    code: 'unreachable/full',
    remedy: 'End idle sessions, or connect as a role that reserved_connections keeps slots for.',
  },
  '55P03': {
    code: 'refused/lock-timeout',
    remedy: 'Find the session that holds the lock, and try again when it has ended.',
  },
  '57014': {
    code: 'unreachable/timeout',
    remedy: 'Allow more time, or look for what makes the server slow.',
  },
  '57P': { code: 'unreachable/lost' },
  '57P03': { code: 'unreachable/starting', remedy: 'Try again when the server is ready.' },
};

// Errors of sockets and of the driver, by Node's code or the driver's own message.
const lost = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTCONN|ERR_STREAM_DESTROYED)/;
const lostMessage = /Connection terminated|not queryable|connection error|Client was closed/i;

/** Gives a RunbookError as it is; anything else by its SQLSTATE or socket code. */
export function toRunbookError(thrown: unknown, context: ErrorContext): RunbookError {
  if (thrown instanceof RunbookError) return thrown;
  const { code, message } = read(thrown);
  const meaning = meaningOf(code, message);
  return new RunbookError(meaning.code, {
    what: `${firstLine(message)}, while ${context.doing}`,
    ...(sqlstate.test(code) ? { why: `SQLSTATE ${code}. ${explain(code, message)}`.trim() } : {}),
    ...(meaning.remedy === undefined ? {} : { remedy: meaning.remedy }),
    cause: thrown,
  });
}

/** The SQLSTATE of an error that the server sent; undefined for any other. */
export function sqlstateOf(thrown: unknown): string | undefined {
  const { code } = read(thrown);
  return sqlstate.test(code) ? code : undefined;
}

// Node's codes ("EPIPE") have five capitals too, but the driver's errors carry a severity.
const sqlstate = /^(?!E[A-Z]{4}$)[0-9A-Z]{5}$/;

function meaningOf(code: string, message: string): Meaning {
  const known = meanings[code] ?? meanings[code.slice(0, 3)] ?? meanings[code.slice(0, 2)];
  if (sqlstate.test(code)) return known ?? { code: 'failed/statement' };
  if (lost.test(code) || lostMessage.test(message)) return { code: 'unreachable/lost' };
  return { code: 'bug/unexpected' };
}

function explain(code: string, message: string): string {
  if (code !== '28000') return '';
  if (/no encryption|SSL off/.test(message)) {
    return 'The connection was not encrypted; the server may ask for TLS: try sslmode=require.';
  }
  if (/SSL encryption|SSL on/.test(message)) {
    return 'The connection was encrypted; the server may have a rule for plain ones only.';
  }
  return '';
}

function read(thrown: unknown): { readonly code: string; readonly message: string } {
  if (!(thrown instanceof Error)) return { code: '', message: String(thrown) };
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  return { code, message: thrown.message };
}

// A server's message may quote data after its first line, so no more than that is told.
function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').slice(0, 300);
}
