// A published table without identity is found, and it is true that it cannot be updated.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';

const id = 'table-replica-identity';

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await admin.query(`
    create table "Keyed" (id int primary key);
    create table keyless (id int not null);
    insert into keyless values (1)`);
  await skips('nothing-to-examine');
  await admin.query('create publication "Changes" for table "Keyed"');
  assert.equal((await isOk()).examined, 1);
  await admin.query('alter publication "Changes" add table keyless');
  await assert.rejects(admin.query('update keyless set id = 2'), /replica identity/);
  const [unchanged] = await finds(['public.keyless']);
  assert.equal(unchanged?.severity, 'warning');
  assert.equal(
    unchanged.summary,
    'public.keyless has no replica identity (no primary key that is checked at once), and ' +
      '"Changes" publishes updates or deletes',
  );

  await admin.query('alter publication "Changes" drop table keyless');
  await admin.query('update keyless set id = 3');
  await until('the update is counted', async () => {
    const sql = `select from pg_stat_all_tables where relname = 'keyless' and n_tup_upd > 0`;
    return (await admin.query(sql)).rowCount === 1;
  });
  await admin.query('alter publication "Changes" add table keyless');
  const [changed] = await finds(['public.keyless']);
  assert.equal(changed?.severity, 'critical');
  await admin.query('alter table keyless replica identity full');
  await isOk();
  await admin.query(`
    alter table keyless replica identity default;
    alter publication "Changes" set (publish = 'insert')`);
  await skips('nothing-to-examine');
});

checkTest(id, { title: 'identities' }, async ({ admin, finds }) => {
  await admin.query(`
    create table late (id int primary key deferrable);
    create table nothing (id int primary key);
    alter table nothing replica identity nothing;
    create table indexed (id int not null);
    create unique index indexed_id on indexed (id);
    alter table indexed replica identity using index indexed_id;
    create table unindexed (id int not null);
    create unique index unindexed_id on unindexed (id);
    alter table unindexed replica identity using index unindexed_id;
    drop index unindexed_id;
    create unlogged table fast (id int);
    create table parted (id int) partition by list (id);
    create table part_1 partition of parted for values in (1);
    create table part_2 partition of parted for values in (2);
    create publication everything for all tables;
    create publication one for table part_1`);
  for (const table of ['late', 'nothing', 'unindexed', 'part_2']) {
    await admin.query(`insert into ${table} values (2)`);
    await assert.rejects(admin.query(`delete from ${table}`), /replica identity/, table);
  }
  const [parted] = await finds([
    'public.parted',
    'public.late',
    'public.nothing',
    'public.unindexed',
  ]);
  assert.match(parted?.summary ?? '', /^2 partitions of public.parted have no replica identity/);
});

checkTest(id, { title: 'a schema', majors: [15, 16, 17, 18] }, async ({ admin, finds }) => {
  await admin.query(`
    create schema app;
    create table app.keyless (id int);
    create table keyless (id int);
    create publication changes for tables in schema app`);
  await finds(['app.keyless']);
});
