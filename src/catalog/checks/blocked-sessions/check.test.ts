// Blocking trees on a real server: the root is named, and nobody who waits as well.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { leaveWaiting, pidOf } from '../../../../test/harness/waiting.ts';

const id = 'blocked-sessions';
const atOnce = { thresholds: { warning_wait: 0 } };

checkTest(id, {}, async (world) => {
  const { admin, session, isOk, finds } = world;
  await admin.query('create table orders (id int); insert into orders values (1), (2)');
  const root = await session({ application_name: 'checkout' });
  await isOk(atOnce);

  await root.query(`begin; update orders set id = 1 where id = 1 /* 'secret' */`);
  const second = await session();
  await second.query('begin; update orders set id = 2 where id = 2');
  const one = await leaveWaiting(admin, second, 'update orders set id = 1 where id = 1');
  const two = await leaveWaiting(admin, await session(), 'update orders set id = 2 where id = 2');
  const object = `pid ${await pidOf(root)}`;
  const [found] = await finds([object], atOnce);
  assert.equal(found?.severity, 'warning');
  assert.match(
    found.summary,
    /checkout, postgres@app\), idle in transaction for .* blocks 2 sessions in 2 levels; /,
  );
  assert.match(found.summary, /waited .* for a row of public\.orders$/);
  assert.equal(found.evidence['levels'], 2);
  assert.doesNotMatch(JSON.stringify(found), /secret/);
  // Half a minute has not gone by.
  await isOk();
  const [critical] = await finds([object], {
    thresholds: { warning_wait: 0, critical_sessions: 2 },
  });
  assert.equal(critical?.severity, 'critical');

  await root.query('commit');
  await one.end;
  await second.query('commit');
  await two.end;
  await isOk(atOnce);
});

checkTest(id, { title: 'those ahead in the queue are no roots' }, async (world) => {
  const { admin, session, isOk, finds } = world;
  const table = '"Größe 📏"';
  await admin.query(`create table ${table} (id int)`);
  const [reader, other] = [await session(), await session()];
  await reader.query(`begin; select from ${table}`);
  const ddl = await session({ application_name: 'migration' });
  const altered = await leaveWaiting(admin, ddl, `alter table ${table} add column note text`);
  const read = await leaveWaiting(admin, other, `select from ${table}`);
  const [found] = await finds([`pid ${await pidOf(reader)}`], atOnce);
  assert.equal(found?.evidence['waiting_sessions'], 2);
  assert.equal(found.evidence['waits_for'], `AccessExclusiveLock on public.${table}`);
  await reader.query('commit');
  await Promise.all([altered.end, read.end]);
  await isOk(atOnce);
});

checkTest(
  id,
  { title: 'a prepared transaction is named', settings: { max_prepared_transactions: '5' } },
  async (world) => {
    const { admin, session, isOk, finds } = world;
    await admin.query('create table orders (id int)');
    const app = await session();
    // This one only reads: its lock does not conflict, and nobody waits for it.
    await app.query(`begin; lock table orders in access share mode; prepare transaction 'report'`);
    await app.query(`begin; insert into orders values (1); prepare transaction 'order 17'`);
    await app.query('begin');
    const locked = await leaveWaiting(admin, app, 'lock table orders in share mode');
    const [found] = await finds(['prepared transaction order 17'], atOnce);
    assert.equal(found?.evidence['waits_for'], 'ShareLock on public.orders');
    await admin.query(`rollback prepared 'order 17'`);
    await locked.end;
    await admin.query(`rollback prepared 'report'`);
    await isOk(atOnce);
  },
);

checkTest(
  id,
  { title: 'a deadlock is one root', settings: { deadlock_timeout: '1h' } },
  async (world) => {
    const { admin, session, finds } = world;
    const [one, other] = [await session(), await session()];
    await one.query('begin; select pg_advisory_xact_lock(1)');
    await other.query('begin; select pg_advisory_xact_lock(2)');
    const pids = [await pidOf(one), await pidOf(other)].toSorted((a, b) => a - b);
    const waits = [
      await leaveWaiting(admin, one, 'select pg_advisory_xact_lock(2)'),
      await leaveWaiting(admin, other, 'select pg_advisory_xact_lock(1)'),
    ];
    const [found] = await finds([`pids ${pids.join(', ')}`], atOnce);
    assert.equal(found?.evidence['waits_for'], 'an advisory lock');
    await admin.query('select pg_cancel_backend($1)', [pids[0]]);
    await Promise.all(waits.map(({ end }) => end));
  },
);
