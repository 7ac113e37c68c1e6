// A foreign key that repeats another is found once; keys that only look alike are not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'foreign-key-duplicate';

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query(`
    create table customers (id bigint primary key, region text, unique (region, id));
    create table "Orders" (id bigint primary key, customer bigint references customers)`);
  await isOk();
  await admin.query(
    'alter table "Orders" add constraint "Second" foreign key (customer) references customers',
  );
  const [same] = await finds(['"Second" on public."Orders"']);
  assert.equal(same?.severity, 'info');
  assert.equal(same.evidence['twin'], '"Orders_customer_fkey"');
  await admin.query(`
    alter table "Orders" drop constraint "Second";
    alter table "Orders" add constraint "Second" foreign key (customer) references customers
      on delete cascade`);
  const [other] = await finds(['"Second" on public."Orders"']);
  assert.equal(other?.severity, 'warning');
  assert.match(other.summary, /but with other actions/);
  await admin.query('alter table "Orders" drop constraint "Second"');
  await isOk();
});

checkTest(id, { title: 'order of columns, near misses' }, async ({ admin, isOk, finds }) => {
  await admin.query(
    `
    create table customers (id bigint primary key, a bigint, b bigint, unique (a, b));
    create table archive (id bigint primary key);
    create table orders (x bigint, y bigint,
      foreign key (x) references customers,
      foreign key (x) references archive,
      foreign key (y) references customers,
      constraint straight foreign key (x, y) references customers (a, b),
      constraint crossed foreign key (x, y) references customers (b, a)
    ) partition by range (x);
    create table orders_1 partition of orders for values from (1) to (2)`,
  );
  await isOk();
  await admin.query(
    'alter table orders add constraint turned foreign key (y, x) references customers (b, a)',
  );
  await finds(['turned on public.orders']);
});
