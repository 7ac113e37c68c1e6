// Children by inheritance are found, partitions are not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'table-inheritance';

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query(`
    create table "Events" (id int primary key);
    create table parted (id int) partition by list (id);
    create table part_1 partition of parted for values in (1);
    create schema _timescaledb_internal;
    create table hypertable (id int);
    create table _timescaledb_internal.chunk () inherits (hypertable)`);
  await isOk();
  await admin.query('create table child () inherits ("Events")');
  await admin.query('insert into "Events" values (1); insert into child values (1)');
  const [found] = await finds(['public."Events"']);
  assert.equal(found?.severity, 'info');
  assert.equal(
    found.summary,
    '1 table inherits from public."Events", and no key of it covers them: public.child',
  );
  await admin.query('alter table child no inherit "Events"');
  await isOk();
});
