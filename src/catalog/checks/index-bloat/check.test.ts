// Unique indexes are estimated with a range; an index with repeated keys is never called well.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'index-bloat';
const settings = { autovacuum: 'off' };
const look = { thresholds: { warning_size: 100_000 } };
const asReader = { ...look, user: 'reader' };

checkTest(id, { settings }, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine', look);
  await admin.query('create role reader login in role pg_monitor, pg_read_all_data');
  await admin.query(`
    create table orders (id bigint constraint "Orders 🐘" primary key, code text);
    insert into orders select i, md5(i::text) from generate_series(1, 20000) as i`);
  await admin.query('vacuum (analyze) orders');
  // 20,000 entries of 20 bytes: the key has a fixed length, so no statistics are needed.
  await isOk(look);
  await admin.query('delete from orders where id % 5 > 0');
  await admin.query('vacuum (analyze) orders');
  const [found] = await finds(['public."Orders 🐘"'], look);
  const { least_percent, most_percent } = found?.evidence ?? {};
  assert.ok(Number(least_percent) >= 60 && Number(most_percent) <= 82, found?.summary);
  await isOk();
  await admin.query('reindex index "Orders 🐘"');
  await admin.query('vacuum (analyze) orders');
  await isOk(look);

  await admin.query('create unique index orders_code on orders (code)');
  const blind = await skips('cannot-tell', look);
  assert.match(blind.reason ?? '', /^1 index over 97\.7 kB cannot be estimated/);
  await isOk(asReader);
});

checkTest(id, { settings, title: 'deduplication' }, async ({ admin, skips, isOk }) => {
  await admin.query('create role reader login in role pg_monitor, pg_read_all_data');
  await admin.query(`
    create table events (kind text);
    insert into events select 'kind ' || i % 7 from generate_series(1, 20000) as i;
    create index events_kind on events (kind)`);
  await admin.query('vacuum (analyze) events');
  const result = await skips('cannot-tell', asReader);
  assert.match(result.reason ?? '', /not unique/);
  await admin.query('drop index events_kind');
  await admin.query('create table parts (id int primary key) partition by range (id)');
  await admin.query('create table part partition of parts for values from (0) to (9)');
  await isOk(asReader);
});
