// The storage parameter is found whatever its spelling, on tables with hostile names too.
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('autovacuum-disabled-table', {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query('create table fine (id int) with (autovacuum_enabled = on, fillfactor = 90)');
  await isOk();
  await admin.query('create table "Off ""1"" x" (id int) with (autovacuum_enabled = OFF)');
  await admin.query('create table parted (id int) partition by range (id)');
  await admin.query(`create table part1 partition of parted for values from (0) to (9)
    with (autovacuum_enabled = 0)`);
  await finds(['public."Off ""1"" x"', 'public.part1']);
  await admin.query('alter table "Off ""1"" x" reset (autovacuum_enabled)');
  await admin.query('alter table part1 set (autovacuum_enabled = true)');
  await isOk();
});
