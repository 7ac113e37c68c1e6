// A disabled trigger is found, and a foreign key that nobody enforces is critical.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'trigger-disabled';

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await admin.query(`
    create table items (id int primary key);
    create function note() returns trigger language plpgsql as 'begin return new; end'`);
  await skips('nothing-to-examine');
  await admin.query(`
    create table "Orders" (item int references items, code int unique deferrable);
    create trigger "Note" before insert on "Orders" for each row execute function note()`);
  await isOk();
  await admin.query('alter table "Orders" disable trigger user');
  const [trigger] = await finds(['"Note" on public."Orders"']);
  assert.equal(trigger?.severity, 'warning');

  await admin.query('alter table "Orders" disable trigger all');
  await admin.query('insert into "Orders" values (404)');
  const [, key] = await finds([
    '"Note" on public."Orders"',
    '"Orders_item_fkey" on public."Orders"',
    '"Orders_code_key" on public."Orders"',
  ]);
  assert.equal(key?.severity, 'critical');
  assert.equal(
    key.summary,
    'foreign key "Orders_item_fkey" on public."Orders" is not enforced: its triggers on ' +
      'public."Orders" are disabled',
  );
  await admin.query('alter table "Orders" enable replica trigger "Note"');
  await admin.query('alter table "Orders" enable trigger "Note"');
  await finds(['"Orders_item_fkey" on public."Orders"', '"Orders_code_key" on public."Orders"']);
  await admin.query('alter table "Orders" enable trigger all');
  await isOk();

  // The other side: rows referred to can be deleted.
  await admin.query('alter table items disable trigger all');
  const [actions] = await finds(['"Orders_item_fkey" on public."Orders"']);
  assert.equal(actions?.evidence['tables'], 'public.items');
});

checkTest(id, { title: 'partitions' }, async ({ admin, finds }) => {
  await admin.query(`
    create table items (id int primary key);
    create table orders (id int, item int references items) partition by list (id);
    create table orders_1 partition of orders for values in (1);
    create table orders_2 partition of orders for values in (2);
    create function note() returns trigger language plpgsql as 'begin return new; end';
    create trigger note after insert on orders for each row execute function note()`);
  await admin.query(`
    alter table orders disable trigger note;
    alter table orders_1 disable trigger note;
    alter table orders_2 disable trigger note`);
  await finds(['note on public.orders']);
  await admin.query(`
    alter table orders enable trigger note;
    alter table orders_1 enable trigger note;
    alter table orders_2 disable trigger note`);
  await finds(['note on public.orders_2']);
});
