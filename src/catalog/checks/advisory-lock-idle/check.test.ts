// An advisory lock left in an idle session is information, and a warning once somebody waits.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { leaveWaiting, pidOf } from '../../../../test/harness/waiting.ts';

const id = 'advisory-lock-idle';
const atOnce = { thresholds: { idle_age: 0 } };

checkTest(id, {}, async ({ admin, session, isOk, finds, skips }) => {
  await skips('nothing-to-examine', atOnce);
  const worker = await session({ application_name: 'migration' });
  const object = `pid ${await pidOf(worker)}`;
  await worker.query('begin; select pg_advisory_xact_lock(1)');
  // It ends with its transaction, and the session is not idle.
  await isOk(atOnce);
  await worker.query('commit');

  await worker.query(`select pg_advisory_lock(-7)`);
  const [info] = await finds([object], atOnce);
  assert.equal(info?.severity, 'info');
  assert.equal(info.evidence['first_key'], '-7');
  await isOk();

  const next = await session({ application_name: 'cron' });
  const waiter = await leaveWaiting(admin, next, 'select pg_advisory_lock(-7)');
  const [warning] = await finds([object], atOnce);
  assert.equal(warning?.severity, 'warning');
  assert.match(warning.summary, /holds 1 advisory lock \(key -7\); 1 session waits for it$/);

  await worker.query('select pg_advisory_unlock(-7)');
  await waiter.end;
  await finds([`pid ${await pidOf(next)}`], atOnce);
  await next.query('select pg_advisory_unlock_all()');
  await worker.query('select pg_advisory_lock(2, -3)');
  const [pair] = await finds([object], atOnce);
  assert.equal(pair?.evidence['first_key'], '2, -3');
  await worker.query('select pg_advisory_unlock(2, -3)');
  await skips('nothing-to-examine', atOnce);
});
