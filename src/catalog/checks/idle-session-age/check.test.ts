// Idle sessions are grouped by application and role, counted from the end of their last statement.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-test.ts';
import { until } from '../../../../test/harness/servers.ts';

const id = 'idle-session-age';

checkTest(id, {}, async ({ admin, session, isOk, finds }) => {
  const soon = { thresholds: { idle_age: 300, minimum_sessions: 3 } };
  const open = await Promise.all(
    ['shop', 'shop', 'shop', 'other'].map((application_name) => session({ application_name })),
  );
  const busy = await session({ application_name: 'shop' });
  // It began long ago and has just ended: idle since then, not since its start.
  await busy.query('select pg_sleep(0.4)');
  const idleFor = (name: string) => async () => {
    const sql = `select from pg_stat_activity where application_name = $1
      and state = 'idle' and state_change < clock_timestamp() - interval '300 ms'`;
    await busy.query('select 1');
    return (await admin.query(sql, [name])).rowCount === 3;
  };
  await until('three sessions are idle', idleFor('shop'));
  const [found] = await finds(['shop, role postgres'], soon);
  assert.equal(found?.severity, 'info');
  assert.equal(found.evidence['idle_sessions'], 3);
  assert.equal(found.evidence['all_sessions'], 4);
  assert.equal(found.evidence['client_addresses'], 'local');

  await isOk({ thresholds: { ...soon.thresholds, minimum_sessions: 4 } });
  await isOk({ thresholds: { ...soon.thresholds, ignored_applications: ['shop'] } });
  await isOk();
  await Promise.all(open.map((client) => client.end()));
  await until('they are gone', async () => {
    const sql = `select from pg_stat_activity where application_name = 'shop'`;
    return (await admin.query(sql)).rowCount === 1;
  });
  await isOk(soon);
});

checkTest(
  id,
  { title: 'idle in a transaction is another matter', majors: [14, 18] },
  async ({ session, isOk }) => {
    const app = await session({ application_name: 'shop' });
    await app.query('begin');
    const admins = { ignored_applications: ['admin', 'test'] };
    await isOk({ thresholds: { idle_age: 0, minimum_sessions: 1, ...admins } });
  },
);
