// Why a probe got no answer, in words for people: SQLSTATE and socket error to a status.
import type { NoAnswer } from '../../kernel/model.ts';

interface Limits {
  readonly timeout_ms: number;
  readonly lock_timeout_ms: number;
}

// Class 08 is connection trouble; 57P01 to 57P05, 25P03 and 25P04 end the session; the rest is
// Node's own.
const lostCodes =
  /^(08...|57P0[1-5]|25P0[34]|ECONN(RESET|REFUSED|ABORTED)|EPIPE|ETIMEDOUT|EHOSTUNREACH)$/;

const unsupported: Readonly<Record<string, string>> = {
  '42883': 'the server has no such function',
  '42P01': 'the server has no such relation',
  '42703': 'the server has no such column',
  '0A000': 'the server does not support it',
  '55000': 'the server is not in a state that can answer',
  '58P01': 'a file of the server is missing',
};

/** Never throws. Messages of the server are cut short: they may quote data. */
export function noAnswer(thrown: unknown, limits: Limits): NoAnswer {
  const { code, message } = parts(thrown);
  if (code === '42501') return { status: 'denied', reason: message };
  if (code === '57014') {
    const isTimeout = message.includes('statement timeout');
    const what = `took longer than ${Math.round(limits.timeout_ms)} ms`;
    return { status: 'timed-out', reason: isTimeout ? what : 'somebody cancelled it' };
  }
  if (code === '55P03') {
    const reason = `waited ${limits.lock_timeout_ms} ms for a lock that another session holds`;
    return { status: 'locked', reason };
  }
  if (lostCodes.test(code) || /Connection terminated|not queryable/.test(message)) {
    return { status: 'unreachable', reason: `connection lost: ${message}` };
  }
  const known = unsupported[code];
  if (known !== undefined) return { status: 'unsupported', reason: `${known}: ${message}` };
  return { status: 'failed', reason: code === '' ? message : `${code}: ${message}` };
}

function parts(thrown: unknown): { readonly code: string; readonly message: string } {
  if (!(thrown instanceof Error)) return { code: '', message: String(thrown) };
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  return { code, message: (thrown.message.split('\n')[0] ?? '').slice(0, 200) };
}
