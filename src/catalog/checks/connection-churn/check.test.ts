// Sessions that come and go are counted between two samples; sessions that stay are not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';

const id = 'connection-churn';

checkTest(id, {}, async ({ admin, session, sample, isOk, finds, skips }) => {
  await skips('needs-history');
  const low = { warning_per_second: 0.001, minimum_sessions: 15 };
  const before = await sample();
  await isOk({ previous: before, thresholds: low });

  for (let opened = 0; opened < 20; opened += 1) await (await session()).end();
  const counted = async () => {
    const sql = `select sessions from pg_stat_database where datname = 'app'`;
    return Number((await admin.query(sql)).rows[0].sessions);
  };
  await until('the sessions are counted', async () => (await counted()) >= 22);
  const [found] = await finds(['database app'], { previous: before, thresholds: low });
  assert.equal(found?.severity, 'warning');
  assert.ok(Number(found.evidence['sessions']) >= 20);
  await isOk({ previous: before });
  await isOk({ previous: await sample(), thresholds: low });
});
