// A silent table is found by the age of its newest row, whatever the type of its column.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'audit-heartbeat';

function look(column = 'created_at', table = 'public.audit_log') {
  return { baselines: { heartbeats: [{ table, column, within_ms: 3_600_000 }] } };
}

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('needs-configuration');
  await admin.query(`
    create table audit_log (created_at timestamptz, secret text);
    insert into audit_log values (now(), 'x')`);
  const { reason } = await skips('cannot-tell', look());
  assert.match(
    reason ?? '',
    /grant select \(created_at\) on public.audit_log to "pgrunbook_monitor"/,
  );
  await admin.query('grant select (created_at) on audit_log to pgrunbook_monitor');
  await isOk(look());

  await admin.query(`update audit_log set created_at = now() - interval '2 h'`);
  const [old] = await finds(['public.audit_log'], look());
  assert.equal(old?.severity, 'critical');
  assert.match(
    old.summary,
    /^public.audit_log should have received a row within 1 h: its newest row is 2 h old$/,
  );
  await admin.query('truncate audit_log');
  const [empty] = await finds(['public.audit_log'], look());
  assert.match(empty?.summary ?? '', /: no row within 1 h$/);
  await admin.query(`insert into audit_log values (now())`);
  await isOk(look());
  await admin.query('drop table audit_log');
  const [gone] = await finds(['public.audit_log'], look());
  assert.match(gone?.summary ?? '', /does not exist$/);
});

checkTest(id, { title: 'columns, partitions and infinity' }, async ({ admin, isOk, finds }) => {
  await admin.query(`
    create table audit_log ("At" timestamp, day date, at timestamptz) partition by list (day);
    create table audit_1 partition of audit_log for values in ('2025-01-01');
    create table audit_2 partition of audit_log default;
    create index on audit_log ("At");
    insert into audit_log values
      ((now() at time zone 'UTC') - interval '3 h', '2025-01-01', 'infinity'),
      (now() at time zone 'UTC', '2025-01-02', '-infinity');
    grant select on audit_log to pgrunbook_monitor`);
  await isOk(look('At'));
  await finds(['public.audit_log'], look('day'));
  await finds(['public.audit_log'], look('at'));
});

checkTest(
  id,
  { title: 'a large table', majors: [14, 18] },
  async ({ admin, isOk, finds, skips }) => {
    await admin.query(`
    create table audit_log (created_at timestamptz, filler text);
    alter table audit_log alter filler set storage plain;
    insert into audit_log
    select now() - interval '1 day', repeat('x', 7900) from generate_series(1, 12900);
    grant select on audit_log to pgrunbook_monitor`);
    const { reason } = await skips('cannot-tell', look());
    assert.match(reason ?? '', /create index concurrently on public.audit_log \(created_at\)/);
    await admin.query('create index brin on audit_log using brin (created_at)');
    const [unknown] = await finds(['public.audit_log'], look());
    assert.equal(unknown?.evidence['newest_age_ms'], null);
    await admin.query(`insert into audit_log values (now())`);
    await isOk(look());
    await admin.query(`
    delete from audit_log where created_at = (select max(created_at) from audit_log);
    create index on audit_log (created_at)`);
    const [known] = await finds(['public.audit_log'], look());
    assert.match(known?.summary ?? '', /newest row is 24 h old/);
  },
);
