// The engine on plain values: a port that answers from a list, and checks that do what they may.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type InspectOptions, inspect, sampleHistory } from '../../src/engine/inspect.ts';
import { noBaselines } from '../../src/kernel/baselines.ts';
import type { CatalogCheck } from '../../src/kernel/catalog.ts';
import { type CheckDefinition, defineCheck } from '../../src/kernel/check.ts';
import type { ProbeResult, Server } from '../../src/kernel/model.ts';
import { number, type RawRow, text } from '../../src/kernel/row.ts';
import type { Statement, TargetSession } from '../../src/kernel/session.ts';
import { amount } from '../../src/kernel/thresholds.ts';

interface Row {
  readonly object: string;
  readonly count: number;
}

const specs = { warning_count: amount(1, 'help', 'source') };

function entry(
  id: string,
  change: Partial<CheckDefinition<Row, typeof specs>> = {},
  row_limit = 10,
): CatalogCheck {
  const check = defineCheck<Row, typeof specs>({
    id,
    group: 'tables',
    title: id,
    why: 'Why.',
    remedy: 'Do.',
    nothing: 'nothing is there',
    thresholds: specs,
    sources: ['here'],
    parse: (row: RawRow) => ({ object: text(row, 'object'), count: number(row, 'count') }),
    judge: ({ rows, examined }, { thresholds }) => ({
      examined,
      findings: rows
        .filter(({ count }) => count >= thresholds.warning_count)
        .map(({ object, count }) => ({
          object,
          severity: 'warning',
          summary: object,
          evidence: { count },
        })),
    }),
    ...change,
  });
  const statements = [{ since: 14, sql: change.probe ?? id }];
  const probe = { id: change.probe ?? id, source: 'postgres', lane: 'fast', statements, row_limit };
  return { check, probe: { ...probe, source: 'postgres', lane: 'fast' }, document: '' };
}

const server: Server = {
  version_num: 170_010,
  version: '17.10',
  is_in_recovery: false,
  user: 'monitor',
  database: 'app',
  database_oid: 5,
  system_identifier: '7',
  is_superuser: false,
  roles: [],
  extensions: {},
  functions: [],
  monitor_functions: [],
  now_ms: 0,
};

type Answers = Readonly<Record<string, ProbeResult>>;

function rows(list: readonly RawRow[], truncated = false): ProbeResult {
  return { status: 'ok', rows: list, truncated, duration_ms: 1 };
}

function session(answers: Answers, asked: string[] = []): TargetSession {
  const run = async ({ sql }: Statement) => {
    asked.push(sql);
    return answers[sql] ?? rows([]);
  };
  const nothing = async () => undefined;
  return {
    server,
    runners: [{ run }],
    pgbouncer: undefined,
    exporter: undefined,
    settle: nothing,
    close: nothing,
  };
}

let time_ms = 0;
const clock = {
  now_ms: () => {
    time_ms += 1;
    return time_ms;
  },
};

function options(checks: readonly CatalogCheck[], more: Partial<InspectOptions> = {}) {
  return {
    target: 'test',
    catalog: { version: 'test', checks },
    selection: { only: [], skip: [], fast_lane_only: false },
    thresholds: {},
    baselines: noBaselines,
    clock,
    deadline_ms: 10_000,
    ...more,
  };
}

const fine: RawRow = { object: 'a', count: 0 };
const bad: RawRow = { object: 'b', count: 2 };

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
