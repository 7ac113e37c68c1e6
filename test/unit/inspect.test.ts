// The engine on plain values: what is found, what fails, what is lost, and what is not reached.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from '../../src/engine/inspect.ts';
import type { ProbeResult } from '../../src/kernel/model.ts';
import type { TargetSession } from '../../src/kernel/session.ts';
import { bad, entry, fine, options, rows, session } from '../harness/plain-engine.ts';

test('found, ok and nothing to examine are three answers', async () => {
  const checks = [entry('broken'), entry('fine'), entry('empty')];
  const found = await inspect(
    session({ broken: rows([fine, bad]), fine: rows([fine]) }),
    options(checks),
  );
  assert.deepEqual(
    found.checks.map(({ id, status, examined }) => [id, status, examined]),
    [
      ['broken', 'finding', 2],
      ['fine', 'ok', 1],
      ['empty', 'skipped', 0],
    ],
  );
  assert.equal(found.checks[2]?.reason, 'nothing is there');
  assert.equal(found.findings.length, 1);
});

test('the column examined counts what was looked at, and its lone row is no object', async () => {
  const lone = { examined: '30000', object: null, count: null };
  const { checks } = await inspect(session({ one: rows([lone]) }), options([entry('one')]));
  assert.deepEqual([checks[0]?.status, checks[0]?.examined], ['ok', 30_000]);
  const none = { examined: '0', object: null, count: null };
  const { checks: again } = await inspect(session({ one: rows([none]) }), options([entry('one')]));
  assert.equal(again[0]?.reason_code, 'nothing-to-examine');
});

test('a check that throws and a probe that fails end nothing', async () => {
  const throwing = entry('throwing', {
    judge: () => {
      throw new TypeError('a fault of ours');
    },
  });
  const failed: ProbeResult = { status: 'failed', reason: 'XX000: no', duration_ms: 1 };
  const denied: ProbeResult = { status: 'denied', reason: 'permission denied', duration_ms: 1 };
  const { checks } = await inspect(
    session({ throwing: rows([fine]), failing: failed, denied, fine: rows([fine]) }),
    options([throwing, entry('failing'), entry('denied'), entry('fine')]),
  );
  assert.deepEqual(
    checks.map(({ status, reason_code }) => [status, reason_code]),
    [
      ['failed', undefined],
      ['failed', 'failed'],
      ['skipped', 'denied'],
      ['ok', undefined],
    ],
  );
  assert.match(checks[0]?.reason ?? '', /a fault of ours/);
});

test('a row that is not of the form its check expects is that check’s failure', async () => {
  const { checks } = await inspect(
    session({ one: rows([{ object: 5 }]), fine: rows([fine]) }),
    options([entry('one'), entry('fine')]),
  );
  assert.match(checks[0]?.reason ?? '', /column object of a probe should be text/);
  assert.equal(checks[1]?.status, 'ok');
});

test('checks that share a probe share one answer, unless their values differ', async () => {
  const asked: string[] = [];
  const shared = { probe: 'shared' };
  const checks = [entry('a', shared), entry('b', shared)];
  await inspect(session({ shared: rows([fine]) }, asked), options(checks));
  assert.deepEqual(asked, ['shared']);
  const parameters = ({ thresholds }: { thresholds: { warning_count: number } }) => [
    thresholds.warning_count,
  ];
  const own = [entry('a', { ...shared, parameters }), entry('b', { ...shared, parameters })];
  await inspect(
    session({ shared: rows([fine]) }, asked),
    options(own, { thresholds: { b: { warning_count: 9 } } }),
  );
  assert.equal(asked.length, 3);
});

test('an answer that was cut off is not ok', async () => {
  const { checks } = await inspect(
    session({ one: rows([fine], true) }),
    options([entry('one', {}, 1)]),
  );
  assert.equal(checks[0]?.status, 'skipped');
  assert.match(checks[0]?.reason ?? '', /only the first 1 rows/);
});

test('what was not asked before the deadline is skipped, and says so', async () => {
  const { checks } = await inspect(
    session({ one: rows([fine]) }),
    options([entry('one')], { deadline_ms: 0 }),
  );
  assert.equal(checks[0]?.reason_code, 'deadline');
});

test('what one connection cannot ask the other does; only the loss of both is a loss', async () => {
  const lost: ProbeResult = { status: 'unreachable', reason: 'connection lost', duration_ms: 0 };
  const checks = ['a', 'b', 'c'].map((id) => entry(id));
  const dead = { run: async () => lost };
  const alive = { run: async () => rows([fine]) };
  const statuses = async (runners: TargetSession['runners']) => {
    const found = await inspect({ ...session({}), runners }, options(checks));
    return found.checks.map(({ status }) => status).join(' ');
  };
  assert.equal(await statuses([alive, dead]), 'ok ok ok');
  assert.equal(await statuses([dead, alive]), 'ok ok ok');
  assert.equal(await statuses([dead, { ...dead }]), 'failed failed failed');
  assert.equal(await statuses([dead]), 'failed failed failed');
});
