// A backlog is found by age and by number, reading two columns; what cannot be read is told.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import type { OutboxBaseline } from '../../../kernel/baselines.ts';

const id = 'outbox-backlog';

function outbox(more: Partial<OutboxBaseline> = {}): OutboxBaseline {
  return {
    table: 'public.outbox',
    status_column: 'status',
    pending: 'pending',
    created_column: 'created_at',
    oldest_ms: 300_000,
    most: 3,
    ...more,
  };
}

const look = (...outboxes: OutboxBaseline[]) => ({ baselines: { outboxes } });

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('needs-configuration');
  await admin.query(`
    create table outbox (status text, created_at timestamptz, payload text);
    insert into outbox values ('sent', now() - interval '1 year')`);
  const denied = await skips('cannot-tell', look(outbox()));
  assert.match(
    denied.reason ?? '',
    /usage on schema public to .*; grant select \(status, created_at\) on public.outbox to "pgrun/,
  );
  await admin.query('grant select (status, created_at) on outbox to pgrunbook_monitor');
  await isOk(look(outbox()));

  await admin.query(`insert into outbox values ('pending', now() - interval '10 min')`);
  const [old] = await finds(['public.outbox'], look(outbox()));
  assert.equal(old?.severity, 'warning');
  assert.match(old.summary, /^1 message waits in public.outbox, the oldest for 10 min, against 3 /);

  await admin.query(`insert into outbox select 'pending', now() from generate_series(1, 20)`);
  const [many] = await finds(['public.outbox'], look(outbox()));
  assert.equal(many?.severity, 'critical');
  assert.match(many.summary, /^more than 3 messages wait in public.outbox/);
  assert.equal(many.evidence['pending_at_least'], 4);
  const [burst] = await finds(['public.outbox'], look(outbox({ oldest_ms: 3_600_000 })));
  assert.equal(burst?.severity, 'warning');

  await admin.query(`update outbox set status = 'sent'`);
  await isOk(look(outbox()));
  await admin.query('drop table outbox');
  await finds(['public.outbox'], look(outbox()));
});

checkTest(id, { title: 'names, types and statuses' }, async ({ admin, isOk, finds, skips }) => {
  await admin.query(`
    create type "State" as enum ('new', 'it''s "done"');
    create schema "Ünïq";
    grant usage on schema "Ünïq" to pgrunbook_monitor;
    create table "Ünïq"."Out 🚗%I" ("St'ate" "State", "At" timestamp, sent bool)
      partition by range ("At");
    create table parted partition of "Ünïq"."Out 🚗%I" default;
    grant select on "Ünïq"."Out 🚗%I" to pgrunbook_monitor;
    insert into "Ünïq"."Out 🚗%I" values
      ('it''s "done"', now() at time zone 'UTC' - interval '1 h', false)`);
  const named = {
    table: '"Ünïq"."Out 🚗%I"',
    status_column: `St'ate`,
    pending: `it's "done"`,
    created_column: 'At',
  };
  const [found] = await finds(['"Ünïq"."Out 🚗%I"'], look(outbox(named)));
  assert.match(found?.summary ?? '', /the oldest for 60 min|the oldest for 1 h/);
  await isOk(look(outbox({ ...named, pending: 'new' })));
  await finds(
    ['"Ünïq"."Out 🚗%I"'],
    look(outbox({ ...named, status_column: 'sent', pending: 'false' })),
  );
  const gone = outbox({ ...named, pending: 'gone' });
  assert.match((await skips('cannot-tell', look(gone))).reason ?? '', /enum without the declared/);
  const noColumn = await skips('cannot-tell', look(outbox({ ...named, created_column: 'at' })));
  assert.match(noColumn.reason ?? '', /does not have the declared columns/);
  await skips('cannot-tell', look(outbox({ ...named, created_column: 'sent' })));
  // One that may be read, and one that may not: the second is told, not passed over.
  await finds(['"Ünïq"."Out 🚗%I"'], look(outbox({ ...named, pending: 'new' }), gone));
});

checkTest(id, { title: 'row security' }, async ({ admin, isOk, finds, skips }) => {
  await admin.query(`
    create table outbox (status text, created_at timestamptz, tenant text);
    insert into outbox select 'pending', now() - interval '1 h' from generate_series(1, 9);
    grant select on outbox to pgrunbook_monitor;
    alter table outbox enable row level security;
    create policy tenants on outbox using (tenant = current_setting('app.tenant'))`);
  assert.match((await skips('cannot-tell', look(outbox()))).reason ?? '', /row security hides/);
  await admin.query(`
    drop policy tenants on outbox;
    create policy watch on outbox for select to pg_monitor using (status = 'pending')`);
  const [found] = await finds(['public.outbox'], look(outbox()));
  assert.equal(found?.evidence['is_restricted_by_row_security'], true);
  await admin.query(`delete from outbox`);
  await isOk(look(outbox()));
});

checkTest(id, { title: 'a large table without an index', majors: [17] }, async (world) => {
  const { admin, finds, skips } = world;
  await admin.query(`
    create table outbox (status text, created_at timestamptz, filler text);
    alter table outbox alter filler set storage plain;
    insert into outbox select 'sent', now(), repeat('x', 7900) from generate_series(1, 12900);
    insert into outbox values ('pending', now() - interval '1 h');
    grant select on outbox to pgrunbook_monitor`);
  const { reason } = await skips('cannot-tell', look(outbox()));
  assert.match(reason ?? '', /has 101 MB and no index .* on public.outbox \(status, created_at\)/);
  await admin.query(`create index on outbox (created_at) where status = 'pending'`);
  await finds(['public.outbox'], look(outbox()));
});
