// Twins are found once each, the one that nothing needs is named, and near misses are left alone.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'index-duplicate';

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query(`
    create table orders (id bigint primary key, customer text, total numeric);
    create index orders_customer on orders (customer)`);
  await isOk();
  await admin.query('create index orders_customer_2 on orders (customer)');
  const [pair] = await finds(['public.orders_customer_2']);
  assert.equal(pair?.severity, 'warning');
  assert.equal(pair.evidence['twin'], 'public.orders_customer');

  // Of three alike, two may go.
  await admin.query('create index orders_customer_3 on orders (customer)');
  await finds(['public.orders_customer_2', 'public.orders_customer_3']);
  await admin.query('drop index orders_customer_2, orders_customer_3');
  await isOk();
});

checkTest(id, { title: 'near misses' }, async ({ admin, isOk }) => {
  await admin.query(`
    create table orders (id bigint primary key, "Kunde" text, note text, tags jsonb, place point);
    create table "Orders" (id bigint primary key, "Kunde" text);
    create index on "Orders" ("Kunde");
    create index on orders ("Kunde");
    create index on orders ("Kunde" desc);
    create index on orders ("Kunde" nulls first);
    create index on orders ("Kunde" text_pattern_ops);
    create index on orders ("Kunde" collate "POSIX");
    create index on orders ("Kunde") where note is null;
    create index on orders ("Kunde") where note is not null;
    create index on orders ("Kunde") include (note);
    create index on orders ("Kunde", note);
    create index on orders (note, "Kunde");
    create unique index on orders ("Kunde");
    create index on orders using hash ("Kunde");
    create index on orders (lower("Kunde"));
    create index on orders (upper("Kunde"));
    create index on orders (substr("Kunde", 1, 2));
    create index on orders (substr("Kunde", 2, 1));
    create index on orders using gin (tags);
    create index on orders using gin (tags jsonb_path_ops);
    create index on orders using brin (id) with (pages_per_range = 16);
    create index on orders using brin (id) with (pages_per_range = 128);
    alter table orders add constraint unique_note unique (note);
    alter table orders add constraint unique_note_later unique (note) deferrable`);
  await isOk();
});

checkTest(id, { title: 'what stays', majors: [14, 18] }, async ({ admin, finds }) => {
  await admin.query(`
    create table parents (id bigint not null);
    create unique index parents_a on parents (id);
    create unique index parents_b on parents (id);
    alter table parents add constraint "Parents key" primary key using index parents_b;
    create table notes (id bigint not null, body text);
    create unique index notes_a on notes (id);
    create unique index notes_b on notes (id);
    alter table notes replica identity using index notes_b;
    create table codes (code text not null);
    create unique index codes_b on codes (code);
    create table users_of_codes (code text references codes (code));
    create unique index codes_a on codes (code);
    create index users_b on users_of_codes (lower(code));
    create index users_a on users_of_codes ( lower( code ) ) with (fillfactor = 70);
    cluster users_of_codes using users_a`);
  // Rebuilt, it is the younger of the two; but the foreign key refers to it.
  await admin.query('reindex index concurrently codes_b');
  const found = await finds([
    'public.parents_a',
    'public.notes_a',
    'public.codes_a',
    'public.users_b',
  ]);
  assert.match(found[0]?.summary ?? '', /is the same as public."Parents key", which enforces/);
  assert.equal(found[0]?.evidence['twin_constraint'], 'Parents key');
});

checkTest(id, { title: 'partitions count once' }, async ({ admin, isOk, finds }) => {
  await admin.query(`
    create table events (at date, kind text) partition by range (at);
    create table events_1 partition of events for values from ('2025-01-01') to ('2025-02-01');
    create table events_2 partition of events for values from ('2025-02-01') to ('2025-03-01');
    create index events_kind on events (kind)`);
  await isOk();
  await admin.query('create index events_kind_2 on events (kind)');
  const [root] = await finds(['public.events_kind_2']);
  assert.equal(root?.evidence['size_bytes'], 2 * 8192);
  await admin.query('drop index events_kind_2');
  // An index of one partition only, older than the part that the partitioned index has there.
  await admin.query(`
    drop index events_kind;
    create index local_kind on events_1 (kind);
    create index events_kind on only events (kind);
    create index part_1 on events_1 (kind);
    create index part_2 on events_2 (kind);
    alter index events_kind attach partition part_1;
    alter index events_kind attach partition part_2`);
  await finds(['public.local_kind']);
});

checkTest(id, { majors: [15, 18], title: 'nulls not distinct' }, async ({ admin, isOk }) => {
  await admin.query(`
    create table orders (code text);
    create unique index on orders (code);
    create unique index on orders (code) nulls not distinct`);
  await isOk();
});
