// A standby that does not replay is behind, by bytes and time; an idle one is not.
import assert from 'node:assert/strict';
import type pg from 'pg';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { connect, until } from '../../../../test/harness/servers.ts';
import { startStandby, untilStreaming } from '../../../../test/harness/standby.ts';

const id = 'replication-lag';
const strict = { warning_size: 1_000, critical_size: 1_000_000_000, warning_lag: 3_600_000 };

async function untilReplayed(primary: pg.Client): Promise<void> {
  await until('the standby replayed all', async () => {
    const sql = `select 1 from pg_stat_replication where replay_lsn = pg_current_wal_lsn()`;
    return (await primary.query(sql)).rowCount === 1;
  });
}

async function write(primary: pg.Client): Promise<void> {
  await primary.query('insert into orders select generate_series(1, 1000)');
  await until('the standby received it', async () => {
    const sql = `select 1 from pg_stat_replication where flush_lsn = pg_current_wal_lsn()`;
    return (await primary.query(sql)).rowCount === 1;
  });
}

checkTest(id, {}, async ({ t, admin, server, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query('create table orders (id int)');
  const standby = await startStandby(t, server, { application_name: 'east' });
  const replica = await connect(t, standby);
  await untilStreaming(admin);
  await write(admin);
  await untilReplayed(admin);
  // The last commit gets older all the time, but no byte is missing.
  await isOk({ thresholds: { warning_size: 1, warning_lag: 0 } });
  await isOk({ server: standby, thresholds: { warning_size: 1, warning_lag: 0 } });

  await replica.query('select pg_wal_replay_pause()');
  await write(admin);
  const [warning] = await finds(['east'], { thresholds: strict });
  assert.equal(warning?.severity, 'warning');
  assert.match(warning.summary, /^east is [\d.]+ kB.* behind$/);
  const [critical] = await finds(['east'], { thresholds: { ...strict, critical_size: 1_000 } });
  assert.equal(critical?.severity, 'critical');
  await finds(['this standby'], { server: standby, thresholds: strict });
  const [late] = await finds(['this standby'], { server: standby, thresholds: { warning_lag: 0 } });
  assert.match(late?.summary ?? '', /kB and [\d.]+ (ms|s) behind$/);
  await isOk();
  await skips('nothing-to-examine', { thresholds: { delayed_standbys: ['east'] } });

  await replica.query('select pg_wal_replay_resume()');
  await untilReplayed(admin);
  await isOk({ thresholds: strict });
  await isOk({ server: standby, thresholds: strict });

  // Once promoted it is nobody's standby, whatever it last replayed.
  await replica.query('select pg_promote()');
  await skips('nothing-to-examine', { server: standby });
});

checkTest(id, { title: 'delayed by design' }, async ({ t, admin, server, isOk }) => {
  await admin.query('create table orders (id int)');
  const settings = { recovery_min_apply_delay: '1h' };
  const standby = await startStandby(t, server, { settings });
  await untilStreaming(admin);
  await write(admin);
  await isOk({ server: standby, thresholds: { warning_size: 1, warning_lag: 1 } });
});

checkTest(id, { title: 'no privilege' }, async ({ admin, skips }) => {
  await admin.query('create role visitor login');
  await skips('needs-privilege', { user: 'visitor' });
});
