// Changes since the last analyze count against the table's own limit, where it has a real one.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { changedRows, liveRows } from '../../../../test/harness/table-statistics.ts';

const settings = { autovacuum: 'off' };
const look = { thresholds: { min_changed_rows: 100, warning_age: 0 } };

checkTest('statistics-stale', { settings }, async ({ admin, isOk, finds, skips }) => {
  await admin.query(`
    create table orders (id int);
    create table patient (id int) with (autovacuum_analyze_scale_factor = 0.5);
    create table "Never" (id int) with (autovacuum_analyze_threshold = 2000000000);
    create table off (id int) with (autovacuum_enabled = off)`);
  await skips('nothing-to-examine', look);
  const tables = ['orders', 'patient', '"Never"', 'off'];
  for (const table of tables) {
    await admin.query(`insert into ${table} select i from generate_series(1, 1000) i`);
    await liveRows(admin, table, 1000);
    await admin.query(`analyze ${table}`);
    await changedRows(admin, table, 0);
  }
  await isOk(look);
  for (const table of tables) {
    await admin.query(`update ${table} set id = -id where id <= 151`);
    await changedRows(admin, table, 151);
  }
  // 15.1 % is over the limit of orders, 50 + 10 % of 1,000, and under 50 + 50 % of patient.
  const found = await finds(['public.orders', 'public."Never"', 'public.off'], look);
  assert.equal(found[0]?.evidence['limit_rows'], 150);
  assert.match(found[0]?.summary ?? '', /^151 rows of public\.orders \(15\.1 % of what/);
  assert.match(found[2]?.summary ?? '', /autovacuum is off for the table$/);
  await isOk({ thresholds: { ...look.thresholds, warning_percent: 16 } });
  await isOk({ thresholds: { ...look.thresholds, min_changed_rows: 152 } });
  await isOk({ thresholds: { ...look.thresholds, warning_age: 3_600_000 } });
  await isOk();
  for (const table of tables) await admin.query(`analyze ${table}`);
  await changedRows(admin, 'orders', 0);
  await isOk(look);
});
