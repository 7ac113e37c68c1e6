// The engine on plain values: what is asked, what is needed, and what names a fault over time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect, sampleHistory } from '../../src/engine/inspect.ts';
import type { CatalogCheck } from '../../src/kernel/catalog.ts';
import type { Server } from '../../src/kernel/model.ts';
import { bad, entry, fine, options, rows, server, session } from '../harness/plain-engine.ts';

test('the fingerprint is that of the fault, not of its figures or the target name', async () => {
  const of = async (count: number, change: Partial<Server> = {}) => {
    const looking = { ...session({ one: rows([{ object: 'b', count }]) }) };
    const { findings } = await inspect(
      { ...looking, server: { ...server, ...change } },
      options([entry('one')], { target: `name ${count}` }),
    );
    return findings[0]?.fingerprint;
  };
  assert.match((await of(2)) ?? '', /^[0-9a-f]{16}$/);
  assert.equal(await of(2), await of(3));
  assert.notEqual(await of(2), await of(2, { database_oid: 6 }));
  assert.notEqual(await of(2), await of(2, { system_identifier: '8' }));
});

test('a standby has the cluster’s identity and is told by the name of its target', async () => {
  const of = async (target: string, change: Partial<Server>, change_check = {}) => {
    const looking = { ...session({ one: rows([bad]) }), server: { ...server, ...change } };
    const { findings } = await inspect(looking, options([entry('one', change_check)], { target }));
    return findings[0]?.fingerprint;
  };
  const standby = { is_in_recovery: true };
  assert.equal(await of('a', {}), await of('b', {}));
  assert.notEqual(await of('a', {}), await of('a', standby));
  assert.notEqual(await of('a', standby), await of('b', standby));
  // A setting is the same fault from every database of the cluster.
  const setting = { group: 'settings' } as const;
  assert.equal(await of('a', {}, setting), await of('a', { database_oid: 6 }, setting));
});

test('history is needed, and is the difference of two samples', async () => {
  const counter = entry('counter', {
    needs: { history: true },
    judge: ({ rows: now, examined }, { previous }) => ({
      examined,
      findings: now.map(({ object, count }) => ({
        object,
        severity: 'info',
        summary: `${count - (previous?.facts.rows[0]?.count ?? 0)} in ${previous?.elapsed_ms}`,
        evidence: {},
      })),
    }),
  });
  const without = await inspect(session({ counter: rows([bad]) }), options([counter]));
  assert.equal(without.checks[0]?.reason_code, 'needs-history');
  const previous = await sampleHistory(session({ counter: rows([bad]) }), options([counter]));
  const later = session({ counter: rows([{ object: 'b', count: 7 }]) });
  const { findings } = await inspect(later, options([counter], { previous }));
  assert.match(findings[0]?.summary ?? '', /^5 in \d+$/);
});

test('needs are told with what would help', async () => {
  const needing = (needs: CatalogCheck['check']['needs']) => entry('one', { needs });
  const reasonOf = async (needs: CatalogCheck['check']['needs']) => {
    const { checks } = await inspect(session({ one: rows([fine]) }), options([needing(needs)]));
    return [checks[0]?.reason_code, checks[0]?.reason];
  };
  assert.deepEqual(await reasonOf({ privilege: 'pg_read_all_stats' }), [
    'needs-privilege',
    'needs pg_read_all_stats: grant pg_monitor to "monitor"',
  ]);
  assert.deepEqual(await reasonOf({ functions: ['pg_catalog.f()'] }), [
    'needs-privilege',
    'grant execute on function pg_catalog.f() to "monitor"',
  ]);
  assert.deepEqual(await reasonOf({ extensions: ['amcheck'] }), [
    'needs-extension',
    'amcheck is not installed',
  ]);
  assert.deepEqual(await reasonOf({ since: 18 }), [
    'needs-version',
    'needs PostgreSQL 18 or newer',
  ]);
  assert.deepEqual(await reasonOf({ role: 'standby' }), [
    'needs-role',
    'concerns a standby; this server is a primary',
  ]);
  assert.deepEqual((await reasonOf({ on_request: true }))[0], 'on-request');
});

test('only, skip and groups select; a check on request runs when it is named', async () => {
  const checks = [entry('a'), entry('b'), entry('c', { needs: { on_request: true } })];
  const statusOf = async (only: string[], skip: string[]) => {
    const selection = { only, skip, fast_lane_only: false };
    const answers = { a: rows([fine]), b: rows([fine]), c: rows([fine]) };
    const found = await inspect(session(answers), options(checks, { selection }));
    return found.checks.map(({ status }) => status).join(' ');
  };
  assert.equal(await statusOf([], []), 'ok ok skipped');
  assert.equal(await statusOf(['b'], []), 'skipped ok skipped');
  assert.equal(await statusOf(['tables'], ['a']), 'skipped ok skipped');
  assert.equal(await statusOf(['c'], []), 'skipped skipped ok');
});

test('thresholds of the target are those a check is judged by', async () => {
  const thresholds: Record<string, Record<string, unknown>> = { one: { warning_count: 3 } };
  const { findings } = await inspect(
    session({ one: rows([bad]) }),
    options([entry('one')], { thresholds }),
  );
  assert.deepEqual(findings, []);
});
