// Sessions that vanish, time out or are killed are counted by kind; those that say goodbye are not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';
import { pidOf } from '../../../../test/harness/waiting.ts';

const id = 'connection-abnormal-ends';

checkTest(id, {}, async ({ admin, session, sample, isOk, finds, skips }) => {
  await skips('needs-history');
  const before = await sample();
  await (await session()).end();
  await isOk({ previous: before });

  const killed = await session();
  await admin.query('select pg_terminate_backend($1)', [await pidOf(killed)]);
  const slow = await session({ settings: { idle_in_transaction_session_timeout: '10ms' } });
  await slow.query('begin');
  const lost = await session();
  // pg's types leave the connection out; end() would say goodbye.
  const { connection } = lost as unknown as { connection: { stream: { destroy(): void } } };
  connection.stream.destroy();
  await until('the ends are counted', async () => {
    const sql = `select from pg_stat_database where datname = 'app'
      and sessions_abandoned = 1 and sessions_fatal = 1 and sessions_killed = 1`;
    return (await admin.query(sql)).rowCount === 1;
  });
  const [info] = await finds(['database app'], { previous: before });
  assert.equal(info?.severity, 'info');
  assert.equal(info.evidence['sessions'], 3);
  const strict = { warning_count: 3 };
  const [warning] = await finds(['database app'], { previous: before, thresholds: strict });
  assert.equal(warning?.severity, 'warning');
  assert.match(warning.summary, /1 abandoned by the client, 1 by a fatal error, 1 killed$/);
  await isOk({ previous: await sample() });
});
