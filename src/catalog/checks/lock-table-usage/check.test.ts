// One transaction that locks many tables fills the lock table that everybody shares.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { pidOf } from '../../../../test/harness/waiting.ts';

const id = 'lock-table-usage';
const settings = { max_locks_per_transaction: '10', max_connections: '20' };

checkTest(id, { settings }, async ({ admin, session, isOk, finds }) => {
  await admin.query('create table events (id int) partition by range (id)');
  for (let part = 0; part < 170; part += 1) {
    await admin.query(`create table events_${part} partition of events
      for values from (${part}) to (${part + 1})`);
  }
  const { examined } = await isOk();
  assert.equal(examined, 200);

  const app = await session({ application_name: 'report' });
  // ACCESS SHARE fits on the fast path for the first relations only; ACCESS EXCLUSIVE never does.
  await app.query('begin; lock table events in access exclusive mode');
  const [critical] = await finds(['server']);
  assert.equal(critical?.severity, 'critical');
  assert.equal(critical.evidence['holder_pid'], await pidOf(app));
  assert.equal(critical.evidence['holder_application'], 'report');
  assert.ok(Number(critical.evidence['objects']) >= 171);
  const [warning] = await finds(['server'], { thresholds: { critical_percent: 100 } });
  assert.equal(warning?.severity, 'warning');
  await app.query('rollback');
  await isOk();
});

checkTest(
  id,
  { settings, title: 'locks on the fast path take no room', majors: [14, 18] },
  async ({ admin, session, isOk }) => {
    await admin.query('create table a (id int)');
    for (let count = 0; count < 10; count += 1) {
      const reader = await session();
      await reader.query('begin; select from a');
    }
    await isOk({ thresholds: { warning_percent: 5 } });
  },
);
