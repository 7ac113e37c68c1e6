// Paused replay is found until it goes on; a pause at a recovery target is expected.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { connect, until } from '../../../../test/harness/servers.ts';
import { startStandby } from '../../../../test/harness/standby.ts';

const id = 'replay-paused';

checkTest(id, {}, async ({ t, admin, server, isOk, finds, skips }) => {
  await skips('needs-role');
  await admin.query('create table orders (id int)');
  const standby = await startStandby(t, server);
  const replica = await connect(t, standby);
  await isOk({ server: standby });

  await replica.query('select pg_wal_replay_pause()');
  const [warning] = await finds(['replay'], { server: standby });
  assert.equal(warning?.severity, 'warning');

  await admin.query('insert into orders select generate_series(1, 1000)');
  await until('the standby received it', async () => {
    const { rows } = await admin.query('select pg_current_wal_lsn()::text as lsn');
    const sql = 'select pg_last_wal_receive_lsn() >= $1::pg_lsn as is_here';
    return (await replica.query(sql, [rows[0].lsn])).rows[0].is_here;
  });
  const [critical] = await finds(['replay'], {
    server: standby,
    thresholds: { critical_size: 10_000 },
  });
  assert.equal(critical?.severity, 'critical');
  assert.match(critical.summary, /^replay is paused: [\d.]+ kB wait/);

  await replica.query('select pg_wal_replay_resume()');
  await isOk({ server: standby });
});

checkTest(id, { title: 'recovery target' }, async ({ t, server, finds }) => {
  const standby = await startStandby(t, server, { settings: { recovery_target: 'immediate' } });
  const replica = await connect(t, standby);
  await until('it waits at its target', async () => {
    const { rows } = await replica.query('select pg_get_wal_replay_pause_state() as state');
    return rows[0].state === 'paused';
  });
  const [found] = await finds(['replay'], { server: standby });
  assert.equal(found?.severity, 'info');
});
