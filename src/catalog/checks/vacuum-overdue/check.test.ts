// Dead rows over the table's own limit are found; its storage parameters and a vacuum count.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { deadRows } from '../../../../test/harness/table-statistics.ts';

const id = 'vacuum-overdue';
const settings = { autovacuum: 'off' };
const look = { thresholds: { min_dead_rows: 100, warning_age: 0 } };

checkTest(id, { settings }, async ({ admin, isOk, finds }) => {
  await admin.query('create table orders (id int, note text)');
  await admin.query('create table patient (id int) with (autovacuum_vacuum_threshold = 100000)');
  for (const table of ['orders', 'patient']) {
    await admin.query(`insert into ${table} select i from generate_series(1, 1000) i`);
    await admin.query(`vacuum (analyze) ${table}`);
  }
  await isOk(look);
  for (const table of ['orders', 'patient']) {
    await admin.query(`delete from ${table} where id <= 400`);
    await deadRows(admin, table, 400);
  }
  // The limit of orders is 50 + 20 % of 1,000.
  const [found] = await finds(['public.orders'], look);
  assert.equal(found?.evidence['limit_rows'], 250);
  assert.match(found.summary, /400 dead rows/);
  await isOk({ thresholds: { ...look.thresholds, factor: 2 } });
  await isOk({ thresholds: { ...look.thresholds, warning_age: 3_600_000 } });
  await isOk();
  await admin.query('vacuum orders');
  await deadRows(admin, 'orders', 0);
  await isOk(look);
});

const capped = { title: 'the cap of 18', majors: [18] };
checkTest(id, { ...capped, settings }, async ({ admin, isOk, finds }) => {
  await admin.query('create table orders (id int) with (autovacuum_vacuum_max_threshold = 120)');
  await admin.query('insert into orders select i from generate_series(1, 1000) i');
  await admin.query('vacuum (analyze) orders');
  await isOk(look);
  await admin.query('delete from orders where id <= 150');
  await deadRows(admin, 'orders', 150);
  const [found] = await finds(['public.orders'], look);
  assert.equal(found?.evidence['limit_rows'], 120);
});
