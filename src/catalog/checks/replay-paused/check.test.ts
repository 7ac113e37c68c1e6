// Paused replay is found until it goes on; a pause at a recovery target is expected.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-test.ts';
import { connect, until } from '../../../../test/harness/servers.ts';
import { startStandby } from '../../../../test/harness/standby.ts';

const id = 'replay-paused';

checkTest(id, {}, async ({ t, server, isOk, finds, skips }) => {
  await skips('needs-role');
  const standby = await startStandby(t, server);
  const replica = await connect(t, standby);
  await isOk({ server: standby });

  await replica.query('select pg_wal_replay_pause()');
  const [warning] = await finds(['replay'], { server: standby });
  assert.equal(warning?.severity, 'warning');
  const [critical] = await finds(['replay'], {
    server: standby,
    thresholds: { critical_size: 0 },
  });
  assert.equal(critical?.severity, 'critical');

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
