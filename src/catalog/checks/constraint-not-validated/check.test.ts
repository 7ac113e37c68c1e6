// A constraint that was added NOT VALID is found until it is validated.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'constraint-not-validated';

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await admin.query('create table items (id int unique)');
  await skips('nothing-to-examine');
  await admin.query(`
    create table "Orders" (id int check (id > 0), item int);
    insert into "Orders" values (1, 7)`);
  await isOk();
  await admin.query(`
    alter table "Orders" add constraint "Small" check (id < 100) not valid;
    alter table "Orders" add constraint known foreign key (item) references items (id) not valid;
    create domain code as text;
    alter domain code add constraint short check (length(value) < 5) not valid`);
  const [small, known, short] = await finds([
    '"Small" on public."Orders"',
    'known on public."Orders"',
    'short on public.code',
  ]);
  assert.equal(small?.severity, 'warning');
  assert.match(small.summary, /^check constraint "Small" on public."Orders" was never validated: /);
  assert.equal(small.evidence['definition'], 'CHECK ((id < 100)) NOT VALID');
  assert.match(known?.summary ?? '', /^foreign key .*: older rows may refer to nothing$/);
  assert.match(short?.summary ?? '', /^domain constraint/);
  await assert.rejects(admin.query('alter table "Orders" validate constraint known'));
  await admin.query(`
    insert into items values (7);
    alter table "Orders" validate constraint known;
    alter table "Orders" validate constraint "Small";
    alter domain code validate constraint short`);
  await isOk();
});

checkTest(id, { title: 'partitions and children' }, async ({ admin, finds }) => {
  await admin.query(`
    create table parted (id int) partition by list (id);
    create table part_1 partition of parted for values in (1);
    create table parent (id int);
    create table child () inherits (parent);
    alter table parted add constraint positive check (id > 0) not valid;
    alter table parent add constraint positive check (id > 0) not valid`);
  await finds(['positive on public.parted', 'positive on public.parent']);
});

checkTest(id, { title: 'not null, and not enforced', majors: [18] }, async ({ admin, finds }) => {
  await admin.query(`
    create table orders (id int, note text not null);
    alter table orders add constraint "there" not null id not valid;
    alter table orders add constraint loose check (id > 0) not enforced`);
  const [found] = await finds(['there on public.orders']);
  assert.match(found?.summary ?? '', /^not-null constraint/);
});
