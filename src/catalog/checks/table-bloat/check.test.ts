// Bloat is measured where that may be done, estimated with a range, and never taken for none.
import assert from 'node:assert/strict';
import type pg from 'pg';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'table-bloat';
const settings = { autovacuum: 'off' };
const look = { thresholds: { warning_size: 200_000 } };
const asReader = { ...look, user: 'reader' };

checkTest(id, { settings }, async ({ admin, isOk, finds, skips }) => {
  await admin.query('create role reader login in role pg_monitor, pg_read_all_data');
  await skips('nothing-to-examine', look);
  await fill(admin, '"Ödd 🐘"');
  await isOk(asReader);
  // Of text columns the monitor role knows nothing: that is not "no bloat".
  const blind = await skips('cannot-tell', look);
  assert.match(blind.reason ?? '', /1 table over 195 kB .* create extension pgstattuple/);
  await bloat(admin, '"Ödd 🐘"');
  await skips('cannot-tell', look);
  const [estimated] = await finds(['public."Ödd 🐘"'], asReader);
  assert.match(estimated?.summary ?? '', /^\d+ to \d+ % of .* by estimate: at least/);
  const { least_percent = 0, most_percent = 0 } = estimated?.evidence ?? {};
  await isOk(asReaderWith({ warning_percent: Number(least_percent) + 1 }));

  await admin.query('create schema "Ext"; create extension pgstattuple schema "Ext"');
  // A function in a schema that the role may not use is out of reach.
  await skips('cannot-tell', look);
  await admin.query('grant usage on schema "Ext" to pg_monitor');
  const [measured] = await finds(['public."Ödd 🐘"'], look);
  assert.match(measured?.summary ?? '', /^6\d % of .* measured$/);
  // Two of three rows were deleted; a measurement misses the line pointers they leave.
  assert.ok(Number(least_percent) <= 67 && Number(most_percent) >= 67);
  await isOk();
  await admin.query('vacuum (full, analyze) "Ödd 🐘"');
  await isOk(asReader);
  // VACUUM FULL leaves no visibility map, so all of it would have to be read.
  await skips('cannot-tell', { thresholds: { ...look.thresholds, measure_limit: 0 } });
  await isOk(look);
});

checkTest(id, { settings, title: 'types of fixed length' }, async ({ admin, isOk, finds }) => {
  await admin.query(`
    create table readings (id bigint, at timestamptz not null, small smallint, value float8);
    insert into readings select i, now(), i % 9, i from generate_series(1, 20000) as i`);
  await admin.query('vacuum (analyze) readings');
  await isOk(look);
  await admin.query('delete from readings where id % 4 > 0');
  await admin.query('vacuum (analyze) readings');
  const [found] = await finds(['public.readings'], look);
  assert.equal(found?.evidence['is_measured'], false);
});

checkTest(id, { settings, title: 'wide values' }, async ({ admin, isOk }) => {
  await admin.query('create role reader login in role pg_monitor, pg_read_all_data');
  // Documents of 100 to 4,000 bytes that do not compress: some in the row, others in TOAST.
  await admin.query(`
    create table documents (id bigint, body jsonb);
    insert into documents select i, jsonb_build_object('text', (
      select string_agg(md5((i * 1000 + j)::text), '') from generate_series(1, 3 + i % 120) as j))
    from generate_series(1, 2000) as i`);
  await admin.query('vacuum (analyze) documents');
  await isOk(asReader);
});

checkTest(id, { settings, title: 'what nobody knows' }, async ({ admin, finds, skips }) => {
  await admin.query('create role reader login in role pg_monitor, pg_read_all_data');
  await admin.query(
    'create table unseen as select i, md5(i::text) from generate_series(1, 9000) i',
  );
  await skips('cannot-tell', asReader);
  await admin.query('drop table unseen');
  await fill(admin, 'dropped');
  await admin.query('alter table dropped drop column note; analyze dropped');
  await skips('cannot-tell', asReader);
  // The partitioned table itself holds nothing; its partition does.
  await admin.query(`
    create table parted (id bigint, note text) partition by range (id);
    create table part partition of parted for values from (0) to (1000000);
    drop table dropped`);
  await fill(admin, 'part');
  await bloat(admin, 'part');
  await admin.query('analyze parted');
  await finds(['public.part'], asReader);
});

function asReaderWith(thresholds: Readonly<Record<string, number>>) {
  return { ...asReader, thresholds: { ...look.thresholds, ...thresholds } };
}

async function fill(admin: pg.Client, table: string): Promise<void> {
  await admin.query(`create table if not exists ${table} (id bigint, note text)`);
  await admin.query(`insert into ${table} select i, md5(i::text) from generate_series(1, 9000) i`);
  await admin.query(`vacuum (analyze) ${table}`);
}

async function bloat(admin: pg.Client, table: string): Promise<void> {
  await admin.query(`delete from ${table} where id % 3 > 0`);
  await admin.query(`vacuum (analyze) ${table}`);
}
