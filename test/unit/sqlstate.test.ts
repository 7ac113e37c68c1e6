// What PostgreSQL and sockets report, as one of our errors.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sqlstateOf, toRunbookError } from '../../src/adapters/postgres/sqlstate.ts';
import { RunbookError } from '../../src/kernel/errors.ts';

const expected = {
  '28P01': 'denied/authentication',
  '28000': 'denied/authentication',
  '3D000': 'usage/unknown-database',
  '42501': 'denied/privilege',
  '53300': 'unreachable/full',
  '57P03': 'unreachable/starting',
  '57P01': 'unreachable/lost',
  '57014': 'unreachable/timeout',
  '55P03': 'refused/lock-timeout',
  '25006': 'refused/read-only',
  '08006': 'unreachable/lost',
  '08P01': 'unreachable/lost',
  '42P01': 'failed/statement',
  XX000: 'failed/statement',
  ECONNRESET: 'unreachable/lost',
  EPIPE: 'unreachable/lost',
  ETIMEDOUT: 'unreachable/lost',
};

for (const [code, ours] of Object.entries(expected)) {
  it(`${code} is ${ours}`, () => {
    const error = Object.assign(new Error('refused'), { code });
    assert.equal(toRunbookError(error, { doing: 'reading' }).code, ours);
    assert.equal(sqlstateOf(error), /^E[A-Z]+$/.test(code) ? undefined : code);
  });
}

it('an error of the driver about a dead connection is a lost connection', () => {
  const error = new Error('Connection terminated unexpectedly');
  assert.equal(toRunbookError(error, { doing: 'reading' }).code, 'unreachable/lost');
});

it('an error of ours stays what it is', () => {
  const error = new RunbookError('usage/arguments', { what: 'x' });
  assert.equal(toRunbookError(error, { doing: 'reading' }), error);
});

it('what nobody foresaw is a bug', () => {
  assert.equal(toRunbookError('thrown text', { doing: 'reading' }).code, 'bug/unexpected');
});

it('lines after the first are not shown, as they may quote data', () => {
  const error = Object.assign(new Error('duplicate\nKey (card)=(4111)'), { code: '23505' });
  assert.doesNotMatch(toRunbookError(error, { doing: 'writing' }).message, /4111/);
});
