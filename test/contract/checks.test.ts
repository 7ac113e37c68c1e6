// The contract of every check, on every major: it describes, runs, documents and limits itself.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { rowTypes } from '../../src/adapters/postgres/row-types.ts';
import { thresholdsOf } from '../../src/engine/thresholds.ts';
import { noBaselines } from '../../src/kernel/baselines.ts';
import { type CatalogCheck, statementFor } from '../../src/kernel/catalog.ts';
import { substituteSchemas } from '../../src/kernel/identifiers.ts';
import { laneTimeouts } from '../../src/kernel/session.ts';
import { loadCatalog } from '../../src/load-catalog.ts';
import { inspectDatabase } from '../harness/inspect-database.ts';
import { makeLargeCatalog } from '../harness/large-catalog.ts';
import { connect, majors, testServer } from '../harness/servers.ts';

const catalog = await loadCatalog('test');
const columnsFile = join(import.meta.dirname, 'columns.generated.json');
const extensions = ['pg_stat_statements', 'pgstattuple', 'amcheck'];
const isRewriting = process.env['PGRUNBOOK_REWRITE'] === '1';

// What a deployment would declare, so that no check is left out for want of configuration.
const baselines = {
  pools: [{ application: 'app*', size: 10, overflow: 5, workers: 2, instances: 1 }],
  key_tables: ['large.t1'],
  heartbeats: [{ table: 'large.t1', column: 'c', within_ms: 3_600_000 }],
  outboxes: [
    {
      table: 'large.t1',
      status_column: 'b',
      pending: 'pending',
      created_column: 'c',
      oldest_ms: 60_000,
      most: 10,
    },
  ],
  queries: [{ name: 'one', like: 'select%', mean_ms: 10 }],
  standbys: ['standby1'],
  tenant_column: 'a',
  application_roles: ['app'],
  transactions_per_second: 100,
  memory_bytes: 4 * 1024 ** 3,
  disk_bytes: 100 * 1024 ** 3,
  recovery_point_ms: 300_000,
};

type Columns = Record<string, Record<string, string>>;
const seen: Columns = {};

for (const major of majors) {
  test(`every check answers on PostgreSQL ${major} with 10,000 tables`, async (t) => {
    const server = await largeServer(t, major);
    const roles = { monitor: 'pgrunbook_monitor', superuser: 'postgres', stranger: 'stranger' };
    for (const [name, user] of Object.entries(roles)) {
      await t.test(`as ${name}`, async () => {
        const inspection = await inspectDatabase(t, server, {
          catalog,
          baselines,
          user,
          database: 'large',
        });
        assert.equal(inspection.checks.length, catalog.checks.length);
        const failed = inspection.checks.filter(({ status }) => status === 'failed');
        assert.deepEqual(failed, []);
        const late = inspection.checks.filter(({ reason_code }) =>
          ['timed-out', 'deadline', 'locked'].includes(reason_code ?? ''),
        );
        assert.deepEqual(late, []);
        const vain = inspection.checks.filter(
          ({ status, examined }) => status === 'ok' && examined === 0,
        );
        assert.deepEqual(vain, []);
      });
    }
    await t.test('with the columns of the snapshot', () => describeAll(t, server, major));
  });
}

test('the columns of every query are those of the snapshot', { skip: onlySome() }, async () => {
  const text = `${JSON.stringify(seen, null, 2)}\n`;
  if (isRewriting) await writeFile(columnsFile, text);
  assert.equal(text, await readFile(columnsFile, 'utf8'), 'PGRUNBOOK_REWRITE=1 writes it anew');
});

for (const entry of catalog.checks) {
  test(`${entry.check.id}: document and metadata agree`, () => documentAgrees(entry));
}

function onlySome(): string | false {
  return majors.length === 5 ? false : 'PGRUNBOOK_MAJORS leaves some majors out';
}

async function largeServer(t: TestContext, major: number) {
  const server = await testServer(t, {
    major,
    settings: { shared_preload_libraries: 'pg_stat_statements', max_locks_per_transaction: '256' },
  });
  const postgres = await connect(t, server);
  await postgres.query('create role pgrunbook_monitor login in role pg_monitor');
  await postgres.query('create role stranger login');
  await postgres.query('create role app login');
  await postgres.query('create database large');
  const admin = await connect(t, server, { database: 'large' });
  for (const name of extensions) await admin.query(`create extension ${name}`);
  await makeLargeCatalog(admin, { tables: 10_000, indexes_per_table: 1, partitions: 100 });
  return server;
}

async function describeAll(
  t: TestContext,
  server: { host: string; port: number },
  major: number,
): Promise<void> {
  const client = await connect(t, server, { database: 'large' });
  const { rows } = await client.query('select oid::int, typname from pg_type');
  const names = new Map(rows.map(({ oid, typname }) => [oid, typname]));
  for (const { check, probe } of catalog.checks) {
    const sql = statementFor(probe, major);
    if (sql === undefined || probe.source !== 'postgres') continue;
    const thresholds = thresholdsOf(check, undefined);
    const described = await client.query({
      text: `select * from (${withoutEnd(sql)}\n) as q limit 0`,
      values: [...check.parameters({ thresholds, baselines: all(), server: anyServer(major) })],
      types: rowTypes,
    });
    const columns = described.fields.map(
      ({ name, dataTypeID }) => `${name} ${names.get(dataTypeID)}`,
    );
    assert.ok(!columns.some((column) => / (_name|_regclass|_oid|name)$/.test(column)), check.id);
    seen[probe.id] = { ...seen[probe.id], [String(major)]: columns.join(', ') };
  }
}

function all() {
  return { ...noBaselines, ...baselines };
}

function anyServer(major: number) {
  return {
    version_num: major * 10_000,
    version: `${major}.0`,
    is_in_recovery: false,
    user: 'postgres',
    database: 'large',
    database_oid: 1,
    system_identifier: null,
    is_superuser: true,
    roles: [],
    extensions: {},
    functions: [],
    monitor_functions: [],
    now_ms: 0,
  };
}

function withoutEnd(sql: string): string {
  const schemas = extensions.map((name) => [name, { version: '', schema: 'public' }]);
  return substituteSchemas(sql.trim().replace(/;$/, ''), Object.fromEntries(schemas));
}

function documentAgrees({ check, probe, document }: CatalogCheck): void {
  const headings = document.split('\n').filter((line) => line.startsWith('#'));
  assert.deepEqual(headings, [
    `# ${check.title}`,
    '## What',
    '## Why',
    '## Do',
    '## When it is wrong',
    '## Thresholds',
    '## Sources',
  ]);
  const section = document.split('## Thresholds')[1]?.split('## Sources')[0] ?? '';
  for (const name of Object.keys(check.thresholds))
    assert.ok(section.includes(`\`${name}\``), name);
  for (const line of document.split('\n')) assert.ok(line.length <= 110, line);
  for (const text of [check.why, check.remedy]) assert.match(text, /^[A-Z`].*\.$/s);
  assert.doesNotMatch(check.title, /\.$/);
  assert.doesNotMatch(check.nothing, /\.$/);
  assert.ok(check.sources.length > 0, 'a source for the definition');
  assert.ok(probe.row_limit <= 10_000);
  assert.ok(laneTimeouts[probe.lane] > 0);
  for (const { sql } of probe.statements) assert.match(sql, /^-- \S/, 'first line says what it is');
}
