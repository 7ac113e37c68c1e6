// Idle sessions are grouped by application and role, counted from the end of their last statement.
import assert from 'node:assert/strict';
import type { Client } from 'pg';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';

const id = 'idle-session-age';

checkTest(id, {}, async ({ admin, session, isOk, finds }) => {
  const soon = { thresholds: { idle_age: 300, minimum_sessions: 3 } };
  const shop = { application_name: 'shop' };
  const open = await Promise.all([session(shop), session(shop), session(shop)]);
  const busy = await session(shop);
  busy.query('select pg_sleep(60)').catch(() => undefined);
  await until('three sessions are idle', idleFor(admin, 300, 3));
  const [found] = await finds(['shop, role postgres'], soon);
  assert.equal(found?.severity, 'info');
  assert.equal(found.evidence['idle_sessions'], 3);
  assert.equal(found.evidence['all_sessions'], 4);
  assert.equal(found.evidence['client_addresses'], 'local');

  await isOk({ thresholds: { ...soon.thresholds, minimum_sessions: 4 } });
  await isOk({ thresholds: { ...soon.thresholds, ignored_applications: ['shop'] } });
  await isOk();
  await Promise.all(open.map((client) => client.end()));
  await until('one is left', idleFor(admin, 0, 0));
  await isOk(soon);
});

checkTest(
  id,
  { title: 'a session that has just worked is not idle', majors: [18] },
  async ({ admin, session, isOk, finds }) => {
    const late = { idle_age: 1_500, minimum_sessions: 1, ignored_applications: ['admin', 'test'] };
    const app = await session({ application_name: 'shop' });
    await app.query('select pg_sleep(1.6)');
    // The statement began longer ago than the threshold, and has ended just now.
    await isOk({ thresholds: late });
    await until('it is idle for so long', idleFor(admin, 1_500, 1));
    await finds(['shop, role postgres'], { thresholds: late });
  },
);

function idleFor(admin: Client, age_ms: number, sessions: number) {
  const sql = `select from pg_stat_activity where application_name = 'shop' and state = 'idle'
    and state_change <= clock_timestamp() - $1 * interval '1 ms'`;
  return async () => (await admin.query(sql, [age_ms])).rowCount === sessions;
}

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
