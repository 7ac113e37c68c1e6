// A covered index is found beside the narrowest that covers it; what looks covered is left alone.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'index-redundant';

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query(`
    create table orders (id bigint primary key, customer text, note text, at timestamptz);
    create index orders_customer_at on orders (customer, at)`);
  await isOk();
  await admin.query('create index orders_customer on orders (customer)');
  const [found] = await finds(['public.orders_customer']);
  assert.equal(found?.severity, 'info');
  assert.equal(found.evidence['twin'], 'public.orders_customer_at');
  assert.match(found.summary, /\(8 kB\) does nothing that public.orders_customer_at \(8 kB\)/);

  // Beside several that cover it, told once, with the narrowest.
  await admin.query('create index orders_wide on orders (customer, at, note)');
  const [prefix] = await finds(['public.orders_customer', 'public.orders_customer_at']);
  assert.equal(prefix?.evidence['twin'], 'public.orders_customer_at');
  await admin.query('drop index orders_wide, orders_customer');
  await isOk();
});

checkTest(id, { title: 'the same key' }, async ({ admin, finds }) => {
  await admin.query(`
    create table orders (id bigint primary key, a text, b text, c text);
    create index plain_id on orders (id);
    create index plain_a on orders (a);
    create index a_with_b on orders (a) include (b);
    create index a_with_b_and_c on orders (a) include (b, c);
    create index a_with_c_and_b on orders (a) include (c, b);
    create index older_c on orders (c);
    create unique index unique_c on orders (c);
    create index lower_a on orders (lower(a)) where b is null;
    create index lower_a_and_c on orders (lower(a), c) where (b) is null`);
  const found = await finds([
    'public.plain_id',
    'public.plain_a',
    'public.a_with_b',
    'public.a_with_c_and_b',
    'public.lower_a',
    'public.older_c',
  ]);
  assert.match(found[0]?.summary ?? '', /that the unique index public.orders_pkey/);
});

checkTest(id, { title: 'what enforces, and near misses' }, async ({ admin, isOk }) => {
  await admin.query(`
    create table orders (id bigint primary key, a text unique, b text not null, c text);
    create index on orders (id, b);
    create index on orders (a, b);
    create unique index orders_b on orders (b);
    alter table orders replica identity using index orders_b;
    create index on orders (b, c);
    create table near (id bigint, a text, b text, c text);
    create index on near (a desc, b);
    create index on near (a);
    create index on near (a collate "POSIX", c);
    create index on near (a text_pattern_ops, b, c);
    create index on near (a, b, c) where c is null;
    create index on near (b) include (c);
    create index on near (b, a);
    create index on near (lower(c));
    create index on near (upper(c), a);
    create index on near using hash (c);
    create index on near (c, a)`);
  await isOk();
});

checkTest(id, { title: 'not what is a duplicate' }, async ({ admin, finds }) => {
  await admin.query(`
    create table orders (id bigint primary key, customer text, at timestamptz);
    create index customer_1 on orders (customer);
    create index customer_2 on orders (customer);
    create index customer_at on orders (customer, at)`);
  // index-duplicate tells the second.
  await finds(['public.customer_1']);
});

checkTest(id, { title: 'partitions count once' }, async ({ admin, finds }) => {
  await admin.query(`
    create table "Events" (at date, kind text) partition by range (at);
    create table events_1 partition of "Events" for values from ('2025-01-01') to ('2025-02-01');
    create table events_2 partition of "Events" for values from ('2025-02-01') to ('2025-03-01');
    create index "Events kind" on "Events" (kind);
    create index "Events kind at" on "Events" (kind, at)`);
  await finds(['public."Events kind"']);
});
