// The seven kinds of error: what happened, why, and what to do about it.
import { type ErrorCode, errorCodes } from './error-codes.ts';

/** Exit status of the command line and status of the HTTP API, by kind of error. */
export const errorKinds = {
  usage: { exit: 2, http: 400 },
  unreachable: { exit: 3, http: 502 },
  denied: { exit: 4, http: 403 },
  unsupported: { exit: 5, http: 422 },
  refused: { exit: 6, http: 409 },
  failed: { exit: 7, http: 500 },
  bug: { exit: 70, http: 500 },
} as const;

export type ErrorKind = keyof typeof errorKinds;

export interface ErrorParts {
  /** What happened, in one sentence, naming the object. Holds no secret and no row of user data. */
  readonly what: string;
  /** Why it happened; the text of the error's code where absent. */
  readonly why?: string;
  /** What to do about it, as a command or a sentence. */
  readonly remedy?: string;
  readonly cause?: unknown;
}

/** Every error this product raises on purpose. Anything else that reaches a face is a bug. */
export class RunbookError extends Error {
  override readonly name = 'RunbookError';
  readonly code: ErrorCode;
  readonly why: string;
  readonly remedy: string | undefined;

  constructor(code: ErrorCode, parts: ErrorParts) {
    super(parts.what, parts.cause === undefined ? {} : { cause: parts.cause });
    this.code = code;
    this.why = parts.why ?? errorCodes[code];
    this.remedy = parts.remedy;
  }

  get kind(): ErrorKind {
    return kindOf(this.code);
  }
}

/** The kind a code belongs to: the part before its slash. */
export function kindOf(code: ErrorCode): ErrorKind {
  const [kind] = code.split('/');
  if (kind !== undefined && kind in errorKinds) return kind as ErrorKind; // checked on this line
  throw new TypeError(`error code ${code} has no known kind`);
}

/** Turns whatever was thrown into a RunbookError; what is not one already is a bug. */
export function asRunbookError(thrown: unknown): RunbookError {
  if (thrown instanceof RunbookError) return thrown;
  const what = thrown instanceof Error ? thrown.message : String(thrown);
  return new RunbookError('bug/unexpected', { what, cause: thrown });
}

/** Stops the run when something that must be true is not: a fault of ours, never of the user. */
export function assert(claim: boolean, what: string): asserts claim {
  if (!claim) throw new RunbookError('bug/assertion', { what });
}
