// Rows without statistics are found; empty tables are not, nor those analyzed before a reset.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { changedRows, liveRows } from '../../../../test/harness/table-statistics.ts';

const id = 'statistics-never-analyzed';
const settings = { autovacuum: 'off' };

checkTest(id, { settings }, async ({ admin, isOk, finds, skips }) => {
  await admin.query(
    'create table empty (id int); create table parts (id int) partition by list (id)',
  );
  await skips('nothing-to-examine');
  await admin.query('create table "Ödd 🐘" (id int); create table small (id int)');
  await admin.query('insert into "Ödd 🐘" select i from generate_series(1, 1000) i');
  await admin.query('insert into small select i from generate_series(1, 999) i');
  await liveRows(admin, '"Ödd 🐘"', 1000);
  await liveRows(admin, 'small', 999);
  const [found] = await finds(['public."Ödd 🐘"']);
  assert.match(found?.summary ?? '', /has 1,000 rows and was never analyzed/);
  // An index build counts the rows, as a restore does, and still there are no statistics.
  await admin.query('create index on "Ödd 🐘" (id)');
  await finds(['public."Ödd 🐘"']);
  await admin.query('analyze "Ödd 🐘"');
  await changedRows(admin, '"Ödd 🐘"', 0);
  await isOk();
});

checkTest(id, { settings, title: 'after a reset' }, async ({ admin, isOk, finds }) => {
  await admin.query('create table orders (id int)');
  await admin.query('insert into orders select i from generate_series(1, 2000) i');
  await liveRows(admin, 'orders', 2000);
  await admin.query('analyze orders');
  await changedRows(admin, 'orders', 0);
  await admin.query('select pg_stat_reset()');
  await liveRows(admin, 'orders', 0);
  await admin.query('insert into orders select i from generate_series(1, 1500) i');
  await liveRows(admin, 'orders', 1500);
  await isOk();
  await admin.query('insert into orders select i from generate_series(1, 500) i');
  await liveRows(admin, 'orders', 2000);
  await finds(['public.orders']);
});
