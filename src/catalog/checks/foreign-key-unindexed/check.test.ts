// A foreign key is found until an index leads with its columns, however they are ordered.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { untilCounted } from '../../../../test/harness/index-counters.ts';

const id = 'foreign-key-unindexed';
const small = { thresholds: { min_rows: 10 } };
const tables = `
  create table customers (id bigint primary key, region text, unique (region, id));
  create table orders (
    id bigint primary key,
    customer bigint constraint orders_customer references customers on delete cascade);
  insert into customers select n, 'north' from generate_series(1, 20) as n;
  insert into orders select n, n from generate_series(1, 20) as n;
  analyze`;

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine', small);
  await admin.query(tables);
  // Twenty rows are read as fast as an index.
  await skips('nothing-to-examine');
  const [quiet] = await finds(['orders_customer on public.orders'], small);
  assert.equal(quiet?.severity, 'info');
  assert.equal(quiet.evidence['on_delete'], 'cascade');

  await admin.query('delete from customers where id = 1');
  await untilCounted(admin, {
    view: 'pg_stat_all_tables',
    relation: 'customers',
    condition: 'n_tup_del > 0',
  });
  const [found] = await finds(['orders_customer on public.orders'], small);
  assert.equal(found?.severity, 'warning');
  assert.match(found.summary, /public.orders \(20 rows\) leads with customer, and 1 row of public/);

  await admin.query('create index on orders (customer, id)');
  await isOk(small);
});

checkTest(id, { title: 'which indexes support it' }, async ({ admin, isOk, finds }) => {
  await admin.query(tables);
  const key = ['orders_customer on public.orders'];
  const supports = ['using hash (customer)', '(customer) where customer is not null'];
  const doesNot = [
    '(id, customer)',
    '(customer) where id > 7',
    '(abs(customer))',
    'using brin (customer)',
    '(id) include (customer)',
  ];
  for (const index of doesNot) {
    await admin.query(`create index tried on orders ${index}`);
    await finds(key, small);
    await admin.query('drop index tried');
  }
  for (const index of supports) {
    await admin.query(`create index tried on orders ${index}`);
    await isOk(small);
    await admin.query('drop index tried');
  }
  await admin.query('insert into orders values (21, 20), (22, 20)');
  const unique = 'create unique index concurrently invalid on orders (customer)';
  await assert.rejects(admin.query(unique), /could not create unique index/);
  await finds(key, small);
});

checkTest(id, { title: 'several columns, quoted names' }, async ({ admin, isOk, finds }) => {
  await admin.query(tables);
  await admin.query(`
    create table "Orders" ("Region" text, id bigint, day date,
      constraint "to ""Customers""" foreign key ("Region", id) references customers (region, id));
    insert into "Orders" select 'north', n, current_date from generate_series(1, 20) as n;
    analyze "Orders";
    create index on "Orders" (id);
    create index on orders (customer)`);
  const object = '"to ""Customers""" on public."Orders"';
  const [partly] = await finds([object], small);
  assert.equal(partly?.evidence['is_partly_indexed'], true);
  assert.equal(partly.evidence['columns'], 'Region, id');
  await admin.query('create index on "Orders" (id, day, "Region")');
  await finds([object], small);
  await admin.query('create index on "Orders" (id, "Region", day)');
  await isOk(small);
});

checkTest(id, { title: 'a partitioned table once' }, async ({ admin, isOk, finds }) => {
  await admin.query(tables);
  await admin.query(`
    create index on orders (customer);
    create table events (customer bigint constraint event_customer references customers, at date)
      partition by range (at);
    create table events_1 partition of events for values from ('2025-01-01') to ('2025-02-01');
    create table events_2 partition of events for values from ('2025-02-01') to ('2025-03-01');
    insert into events select n, '2025-01-31'::date + n % 2 from generate_series(1, 20) as n;
    analyze events_1, events_2`);
  const [found] = await finds(['event_customer on public.events'], small);
  assert.equal(found?.evidence['rows'], 20);
  await admin.query('create index on events (customer)');
  await isOk(small);
});

checkTest(id, { title: 'not enforced', majors: [18] }, async ({ admin, skips }) => {
  await admin.query(tables);
  await admin.query('alter table orders alter constraint orders_customer not enforced');
  await skips('nothing-to-examine', small);
});
