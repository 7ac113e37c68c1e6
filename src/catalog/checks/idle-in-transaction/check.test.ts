// An idle transaction is found, judged by the harm it does, and gone once it is committed.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';

const id = 'idle-in-transaction';
const atOnce = { thresholds: { warning_age: 0, critical_age: 3_600_000 } };

checkTest(id, {}, async ({ admin, session, isOk, finds }) => {
  await admin.query('create table orders (id bigint primary key); insert into orders values (1)');
  const app = await session({ application_name: 'checkout' });
  await isOk(atOnce);

  await app.query(`begin; update orders set id = 2 where id = 1 /* 'secret' */`);
  const { rows } = await app.query('select pg_backend_pid() as pid');
  const [found] = await finds([`pid ${rows[0].pid}`], atOnce);
  assert.equal(found?.severity, 'warning');
  assert.match(found.summary, /checkout, postgres@app\) is idle in a transaction/);
  assert.equal(found.evidence['has_written'], true);
  assert.doesNotMatch(JSON.stringify(found), /secret/);
  // Younger than the threshold is no finding.
  await isOk();

  await app.query('commit');
  await isOk(atOnce);
});

checkTest(id, { title: 'severity by harm' }, async ({ admin, session, finds }) => {
  await admin.query('create table orders (id bigint primary key)');
  const harmless = await session();
  // READ COMMITTED keeps no snapshot between statements, and nobody waits: it costs a connection.
  await harmless.query('begin; select 1');
  const { rows } = await harmless.query('select pg_backend_pid() as pid');
  const object = `pid ${rows[0].pid}`;
  const [info] = await finds([object], atOnce);
  assert.equal(info?.severity, 'info');

  await harmless.query('lock table orders');
  const waiting = await session();
  const { rows: pids } = await waiting.query('select pg_backend_pid() as pid');
  const blocked = waiting.query('select count(*) from orders').catch(() => undefined);
  await until('the second session waits', async () => {
    const sql = 'select 1 from pg_locks where pid = $1 and not granted';
    return (await admin.query(sql, [pids[0].pid])).rowCount === 1;
  });
  const [warning] = await finds([object], atOnce);
  assert.equal(warning?.severity, 'warning');
  assert.match(warning.summary, /blocks 1 session/);
  assert.equal(warning.fingerprint, info.fingerprint);
  const [critical] = await finds([object], { thresholds: { warning_age: 0, critical_age: 0 } });
  assert.equal(critical?.severity, 'critical');
  await harmless.query('rollback');
  await blocked;
});
