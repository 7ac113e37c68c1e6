// A build that failed is found; one at work, a partitioned index and a leftover are not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { holdAsSnapshot, holdAsWriter, holdBuild } from '../../../../test/harness/held-build.ts';

const id = 'index-invalid';
const orders = `
  create table orders (id bigint primary key, customer text);
  insert into orders values (1, 'a'), (2, 'a')`;

checkTest(id, {}, async (world) => {
  const { admin, isOk, finds, skips } = world;
  await skips('nothing-to-examine');
  await admin.query(orders);
  await isOk();

  const create = 'create index concurrently';
  const build = await holdBuild(world, {
    hold: holdAsWriter('orders'),
    build: `${create} orders_customer on orders (customer)`,
  });
  // At work: not yet valid, and nothing is wrong with that.
  await isOk();
  await build.fail();
  const [found] = await finds(['public.orders_customer']);
  assert.equal(found?.severity, 'warning');
  assert.match(found.summary, /its build ended early, and no query uses it/);

  // The second run of the migration succeeds and heals nothing.
  await admin.query(`${create} if not exists orders_customer on orders (customer)`);
  await finds(['public.orders_customer']);
  await admin.query('reindex index concurrently orders_customer');
  await isOk();
});

checkTest(id, { title: 'severity by what is at stake' }, async (world) => {
  const { admin, finds, isOk } = world;
  await admin.query(orders);
  const late = await holdBuild(world, {
    hold: holdAsSnapshot,
    build: 'create index concurrently orders_customer on orders (customer)',
  });
  await late.fail();
  const [maintained] = await finds(['public.orders_customer']);
  assert.equal(maintained?.severity, 'warning');
  assert.match(maintained.summary, /every write maintains it/);
  await admin.query('drop index orders_customer');

  await assert.rejects(
    admin.query('create unique index concurrently one_order on orders (customer)'),
    /could not create unique index/,
  );
  const [unique] = await finds(['public.one_order']);
  assert.equal(unique?.severity, 'critical');
  assert.match(unique.summary, /nothing keeps the rows unique/);
  await admin.query('drop index one_order');
  await isOk();
});

checkTest(id, { title: 'a quoted name, seen by any role' }, async ({ admin, finds }) => {
  await admin.query(`create role visitor login; ${orders}`);
  const quoted = `"Der ""Schlüssel"" 🗝 ${'x'.repeat(38)}"`;
  const create = `create unique index concurrently ${quoted} on orders (customer)`;
  await assert.rejects(admin.query(create), /could not create unique index/);
  await finds([`public.${quoted}`]);
  await finds([`public.${quoted}`], { user: 'visitor' });
});

checkTest(id, { title: 'not what is at work, by design or told elsewhere' }, async (world) => {
  const { admin, isOk, finds } = world;
  await admin.query(orders);
  const hold = holdAsWriter('orders');
  const reindex = await holdBuild(world, { hold, build: 'reindex table concurrently orders' });
  await isOk();
  await reindex.fail();
  // index-leftover tells it.
  await isOk();

  await admin.query(`
    create table events (at date, kind text) partition by range (at);
    create table events_2025 partition of events for values from ('2025-01-01') to ('2026-01-01');
    create index events_kind on only events (kind)`);
  // Invalid until each partition has its part.
  await isOk();

  const build = 'create index concurrently orders_customer on orders (customer)';
  await (await holdBuild(world, { hold, build })).fail();
  // Analyze takes the lock of a concurrent build, and hides nothing.
  const analyze = await holdBuild(world, {
    hold: 'begin; lock table pg_statistic in exclusive mode',
    build: 'analyze orders',
  });
  await finds(['public.orders_customer']);
  await analyze.finish();
});
