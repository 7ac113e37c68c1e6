// An index without a scan is found once the counters reach back far enough, and only if it may go.
import assert from 'node:assert/strict';
import type pg from 'pg';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { startCounting, untilCounted } from '../../../../test/harness/index-counters.ts';
import { connect } from '../../../../test/harness/servers.ts';
import { startStandby, untilStreaming } from '../../../../test/harness/standby.ts';

const id = 'index-unused';
const atOnce = { thresholds: { min_size: 0, min_window: 0 } };

function untilScanned(admin: pg.Client, relation: string) {
  return untilCounted(admin, {
    view: 'pg_stat_all_indexes',
    relation,
    condition: 'idx_scan > 0',
  });
}

checkTest(id, {}, async ({ admin, session, isOk, finds, skips }) => {
  await skips('nothing-to-examine', atOnce);
  await admin.query(`
    create role visitor login;
    create table orders (id bigint primary key, customer text);
    create index orders_customer on orders (customer)`);
  await startCounting(admin);
  await admin.query(`insert into orders select n, n from generate_series(1, 1000) as n`);
  await untilCounted(admin, {
    view: 'pg_stat_all_tables',
    relation: 'orders',
    condition: 'n_tup_ins > 0',
  });
  const [found] = await finds(['public.orders_customer'], atOnce);
  assert.equal(found?.severity, 'warning');
  assert.match(found.summary, /was not scanned for .*, 1,000 rows of public.orders were written/);
  await finds(['public.orders_customer'], { ...atOnce, user: 'visitor' });

  // Smaller than the floor; and before the counters say anything.
  await isOk({ thresholds: { min_window: 0 } });
  const { reason } = await skips('cannot-tell', { thresholds: { min_size: 0 } });
  assert.match(reason ?? '', /scans have been counted for .*s; .* little before 30 d/);

  const reader = await session({ settings: { enable_seqscan: 'off' } });
  await reader.query(`select from orders where customer = '7'`);
  await reader.end();
  await untilScanned(admin, 'orders_customer');
  await isOk(atOnce);
});

checkTest(id, { title: 'a scan long ago', majors: [16, 17, 18] }, async (world) => {
  const { admin, session, isOk, finds } = world;
  await admin.query(`
    create table orders (id bigint primary key, customer text);
    create index orders_customer on orders (customer)`);
  await startCounting(admin);
  const reader = await session({ settings: { enable_seqscan: 'off' } });
  await reader.query(`select from orders where customer = '7'`);
  await reader.end();
  await untilScanned(admin, 'orders_customer');
  await isOk(atOnce);
  const [found] = await finds(['public.orders_customer'], {
    thresholds: { ...atOnce.thresholds, last_scan: 0 },
  });
  assert.ok(Number(found?.evidence['last_scan_age_ms']) >= 0);
  // Nobody has written since: it costs no more than its space.
  assert.equal(found?.severity, 'info');
});

checkTest(id, { title: 'what works without scans' }, async ({ admin, finds }) => {
  await admin.query(`
    create table places (id bigint primary key, code text unique, at int4range,
      exclude using gist (at with &&));
    create unique index places_lower on places (lower(code)) where code is not null;
    create table tenants (a bigint, b bigint, primary key (a, b));
    create table "Orders" (
      id bigint primary key, tenant_b bigint, tenant_a bigint, note text,
      foreign key (tenant_a, tenant_b) references tenants (a, b));
    create index supports on "Orders" (tenant_b, tenant_a, note);
    create index "Only half" on "Orders" (tenant_a, note)`);
  await startCounting(admin);
  await finds(['public."Only half"'], atOnce);
});

checkTest(id, { title: 'partitions count together' }, async ({ admin, session, isOk, finds }) => {
  await admin.query(`
    create table events (at date, kind text) partition by range (at);
    create table events_1 partition of events for values from ('2025-01-01') to ('2025-02-01');
    create table events_2 partition of events for values from ('2025-02-01') to ('2025-03-01');
    create index events_kind on events (kind)`);
  await startCounting(admin);
  const [root] = await finds(['public.events_kind'], atOnce);
  assert.equal(root?.evidence['size_bytes'], 2 * 8192);
  assert.match(root.summary, /in none of 2 partitions/);
  const reader = await session({ settings: { enable_seqscan: 'off' } });
  await reader.query(`select from events_2 where kind = 'x'`);
  await reader.end();
  await untilScanned(admin, 'events_2_kind_idx');
  await isOk(atOnce);
});

const since15 = [15, 16, 17, 18];
checkTest(id, { title: 'a restored database', majors: since15 }, async ({ admin, skips }) => {
  await admin.query(`
    create table orders (id bigint primary key, customer text);
    create index orders_customer on orders (customer)`);
  // Nothing, or a scan of a catalog a moment ago, tells since when this database counts.
  const recent = /nothing tells since when|counted for [\d.]+ m?s/;
  const unknown = await skips('cannot-tell', { thresholds: { min_size: 0 } });
  assert.match(unknown.reason ?? '', recent);
  await admin.query('analyze orders');
  const young = await skips('cannot-tell', { thresholds: { min_size: 0 } });
  assert.match(young.reason ?? '', recent);
});

checkTest(id, { title: 'with a standby', majors: [14, 18] }, async (world) => {
  const { t, admin, server, finds, skips } = world;
  await admin.query(`
    create table orders (id bigint primary key, customer text);
    create index orders_customer on orders (customer);
    insert into orders values (1)`);
  await startCounting(admin);
  await admin.query('insert into orders values (2)');
  const standby = await startStandby(t, server);
  await untilStreaming(await connect(t, server));
  const [found] = await finds(['public.orders_customer'], atOnce);
  assert.equal(found?.severity, 'info');
  assert.match(found.summary, /on this server .*, 1 standby may use it, uncounted here/);
  await skips('needs-role', { ...atOnce, server: standby });
});
