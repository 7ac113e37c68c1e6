// Inserts since the last vacuum count against the table's own limit, and -1 is no limit.
import assert from 'node:assert/strict';
import type pg from 'pg';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { liveRows } from '../../../../test/harness/table-statistics.ts';

const settings = { autovacuum: 'off', autovacuum_vacuum_insert_threshold: '100' };
const look = { thresholds: { factor: 1, min_rows: 100, warning_age: 0 } };
const id = 'vacuum-insert-overdue';

checkTest(id, { settings }, async ({ admin, isOk, finds }) => {
  await admin.query(`
    create table "Log" (id int);
    create table never (id int) with (autovacuum_vacuum_insert_threshold = -1);
    create table patient (id int) with (autovacuum_vacuum_insert_threshold = 1000)`);
  await isOk(look);
  const tables = ['"Log"', 'never', 'patient'];
  for (const table of tables) await insert(admin, table, 101);
  const [found] = await finds(['public."Log"'], look);
  assert.equal(found?.evidence['limit_rows'], 100);
  assert.match(
    found.summary,
    /^101 rows were inserted .*\(not vacuumed since the counters began\)$/,
  );
  await isOk({ thresholds: { ...look.thresholds, factor: 2 } });
  await isOk({ thresholds: { ...look.thresholds, min_rows: 102 } });
  await isOk();
  await admin.query('vacuum "Log"');
  await isOk(look);
});

const frozen = { title: 'frozen pages are not counted again', majors: [17, 18] };
checkTest(id, { ...frozen, settings }, async ({ major, admin, isOk, finds }) => {
  await insert(admin, 'log', 10_000);
  await admin.query('vacuum (freeze) log');
  await insert(admin, 'log', 150);
  // 17: 100 + 20 % of 10,000. 18: of the rows in pages not frozen, so almost 100.
  if (major < 18) await isOk(look);
  else await finds(['public.log'], look);
});

async function insert(admin: pg.Client, table: string, count: number): Promise<void> {
  await admin.query(`create table if not exists ${table} (id int)`);
  const { rows } = await admin.query('select pg_stat_get_live_tuples($1::regclass) as n', [table]);
  await admin.query(`insert into ${table} select i from generate_series(1, ${count}) i`);
  await liveRows(admin, table, Number(rows[0].n) + count);
}
