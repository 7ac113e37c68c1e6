// A table without key is found, its partitions are not, and a unique key makes it information.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'table-no-primary-key';

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query('create table orders (id int primary key)');
  assert.equal((await isOk()).examined, 1);
  await admin.query(`
    create table "Im port" as select n from generate_series(1, 500) as n;
    analyze "Im port"`);
  const [found] = await finds(['public."Im port"']);
  assert.equal(found?.severity, 'warning');
  assert.equal(
    found.summary,
    'public."Im port" (about 500 rows) has no primary key or other unique key',
  );
  await isOk({ thresholds: { except: ['public."Im port"'] } });
  await admin.query('alter table "Im port" add primary key (n)');
  await isOk();
});

checkTest(id, { title: 'what is no key, and what is' }, async ({ admin, finds }) => {
  await admin.query(`
    create table keyed (a int not null, b int, unique (a) include (b));
    create table nullable (a int unique);
    create table partial (a int not null);
    create unique index on partial (a) where a > 0;
    create table late (a int not null unique deferrable);
    create table parted (a int) partition by list (a);
    create table part_1 partition of parted for values in (1);
    create temporary table fleeting (a int);
    create unlogged table fast (a int)`);
  const [keyed, parted, ...others] = await finds([
    'public.keyed',
    'public.parted',
    'public.nullable',
    'public.partial',
    'public.late',
    'public.fast',
  ]);
  assert.equal(keyed?.severity, 'info');
  assert.match(keyed.summary, /no primary key but the unique index keyed_a_b_key$/);
  assert.match(parted?.summary ?? '', /^partitioned table public.parted has no/);
  for (const { object, severity } of others) assert.equal(severity, 'warning', object);
});
