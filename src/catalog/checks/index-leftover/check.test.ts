// What an interrupted REINDEX CONCURRENTLY leaves is found, early and late, heap and TOAST.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import {
  holdAsReader,
  holdAsSnapshot,
  holdAsWriter,
  holdBuild,
} from '../../../../test/harness/held-build.ts';

const id = 'index-leftover';

checkTest(id, {}, async (world) => {
  const { admin, isOk, finds, skips } = world;
  await skips('nothing-to-examine');
  await admin.query('create table "Orders" (id bigint constraint "Orders pk" primary key)');
  await isOk();

  const build = 'reindex index concurrently "Orders pk"';
  const early = await holdBuild(world, { hold: holdAsWriter('"Orders"'), build });
  // At work.
  await isOk();
  await early.fail();
  const [copy] = await finds(['public."Orders pk_ccnew"']);
  assert.equal(copy?.severity, 'warning');
  assert.match(copy.summary, /is an unfinished copy$/);

  // The second try leaves a second copy; this one is maintained by writes.
  await (await holdBuild(world, { hold: holdAsSnapshot, build })).fail();
  const [, maintained] = await finds(['public."Orders pk_ccnew"', 'public."Orders pk_ccnew1"']);
  assert.match(maintained?.summary ?? '', /every write to the table maintains it/);
  await admin.query('drop index "Orders pk_ccnew"; drop index "Orders pk_ccnew1"');
  await isOk();
});

checkTest(id, { title: 'the replaced original' }, async (world) => {
  const { admin, isOk, finds } = world;
  await admin.query('create table orders (id bigint primary key)');
  const late = await holdBuild(world, {
    hold: holdAsReader('orders'),
    build: 'reindex index concurrently orders_pkey',
  });
  await isOk();
  await late.fail();
  const [original] = await finds(['public.orders_pkey_ccold']);
  assert.equal(original?.evidence['is_original'], true);
  assert.match(original.summary, /the original that a reindex had replaced/);
  await admin.query('drop index orders_pkey_ccold');
  await isOk();
});

checkTest(id, { title: 'TOAST, and not a valid index of that name' }, async (world) => {
  const { admin, isOk, finds } = world;
  await admin.query(`
    create table notes (id bigint primary key, body text);
    create index notes_ccnew on notes (id, body)`);
  await isOk();
  const build = await holdBuild(world, {
    hold: holdAsWriter('notes'),
    build: 'reindex table concurrently notes',
  });
  await isOk();
  await build.fail();
  const { rows } = await admin.query(
    `select 'pg_toast.' || relname || '_index_ccnew' as index from pg_class
      where oid = (select reltoastrelid from pg_class where relname = 'notes')`,
  );
  const toast = rows[0].index;
  await finds(['public.notes_pkey_ccnew', 'public.notes_ccnew_ccnew', toast]);
  await admin.query(
    `drop index notes_pkey_ccnew; drop index notes_ccnew_ccnew; drop index ${toast}`,
  );
  await isOk();
});
