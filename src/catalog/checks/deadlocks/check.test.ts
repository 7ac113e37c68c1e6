// A real deadlock is found between two samples, and not without an earlier one.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';
import { leaveWaiting } from '../../../../test/harness/waiting.ts';

const id = 'deadlocks';

checkTest(id, { settings: { deadlock_timeout: '10ms' } }, async (world) => {
  const { admin, session, sample, isOk, finds, skips } = world;
  await skips('needs-history');
  const before = await sample();
  await isOk({ previous: before });

  const [one, other] = [await session(), await session()];
  await one.query('begin; select pg_advisory_xact_lock(1)');
  await other.query('begin; select pg_advisory_xact_lock(2)');
  const first = await leaveWaiting(admin, one, 'select pg_advisory_xact_lock(2)');
  await other.query('select pg_advisory_xact_lock(1)').catch(() => undefined);
  await Promise.all([one.end(), other.end()]);
  await first.end;
  await until('the deadlock is counted', async () => {
    const sql = `select from pg_stat_database where datname = 'app' and deadlocks = 1`;
    return (await admin.query(sql)).rowCount === 1;
  });
  const [found] = await finds(['database app'], { previous: before });
  assert.equal(found?.severity, 'warning');
  assert.match(found.summary, /^1 deadlock in database app in /);
  await isOk({ previous: before, thresholds: { warning_count: 2 } });
  // It happened before this sample, however long the counter keeps it.
  await isOk({ previous: await sample() });
});

checkTest(id, { title: 'reset in between', majors: [14, 18] }, async (world) => {
  const { admin, sample, isOk } = world;
  const resetAt = async () => {
    const sql = `select stats_reset::text as at from pg_stat_database where datname = 'app'`;
    return (await admin.query(sql)).rows[0].at;
  };
  await admin.query('select pg_stat_reset()');
  await until('the counters have a time of reset', async () => (await resetAt()) !== null);
  const { examined } = await isOk({ previous: await sample() });
  const before = await sample();
  const first = await resetAt();
  await admin.query('select pg_stat_reset()');
  await until('the counters are reset again', async () => (await resetAt()) !== first);
  // The other databases are as they were.
  const after = await isOk({ previous: before });
  assert.equal(after.examined, examined - 1);
});
