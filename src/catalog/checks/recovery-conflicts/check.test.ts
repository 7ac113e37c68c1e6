// A transaction on a real standby is cancelled by a lock that replay needs, and counted.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { connect, until } from '../../../../test/harness/servers.ts';
import { startStandby } from '../../../../test/harness/standby.ts';

const id = 'recovery-conflicts';

checkTest(id, {}, async ({ t, admin, server: primary, sample, isOk, finds, skips }) => {
  await skips('needs-role');
  await admin.query('create table orders as select 1 as id');
  const settings = { max_standby_streaming_delay: '0' };
  const server = await startStandby(t, primary, { settings });
  await skips('needs-history', { server });
  const before = await sample({ server });
  await isOk({ server, previous: before });

  const report = await connect(t, server, { database: 'app' });
  await report.query('begin; select id from orders');
  await admin.query('drop table orders');
  const watcher = await connect(t, server, { database: 'app' });
  await until('the conflict is counted', async () => {
    const sql = `select from pg_stat_database_conflicts where datname = 'app' and confl_lock > 0`;
    return (await watcher.query(sql)).rowCount === 1;
  });
  const [found] = await finds(['database app'], { server, previous: before });
  assert.equal(found?.severity, 'info');
  assert.match(found.summary, /^recovery cancelled 1 statement in database app .*: 1 for lock$/);
  const strict = { warning_count: 1 };
  const [warning] = await finds(['database app'], { server, previous: before, thresholds: strict });
  assert.equal(warning?.severity, 'warning');
  await isOk({ server, previous: await sample({ server }) });
});
