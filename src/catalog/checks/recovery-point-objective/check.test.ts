// An objective is met by archive_timeout or by a receiver that streams, and by nothing else.
import assert from 'node:assert/strict';
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';
import { startStandby, untilStreaming } from '../../../../test/harness/standby.ts';

const id = 'recovery-point-objective';
const fiveMinutes = { baselines: { recovery_point_ms: 300_000 } };

checkTest(
  id,
  { settings: { archive_mode: 'on' } },
  async ({ t, admin, server, isOk, finds, skips }) => {
    await skips('needs-configuration');
    await skips('needs-configuration', {
      baselines: { recovery_point_ms: 300_000, has_managed_backup: true },
    });
    const [none] = await finds(['archive_mode'], fiveMinutes);
    assert.equal(none?.severity, 'critical');

    await alterSystem(admin, { archive_command: 'true' });
    const [unbounded] = await finds(['archive_timeout'], fiveMinutes);
    assert.equal(unbounded?.severity, 'warning');
    assert.match(unbounded.summary, /archive_timeout is 0.*the objective is 5 min$/);
    await alterSystem(admin, { archive_timeout: '10min' });
    await finds(['archive_timeout'], fiveMinutes);
    await alterSystem(admin, { archive_timeout: '5min' });
    await isOk(fiveMinutes);

    await alterSystem(admin, { archive_command: 'false' });
    await admin.query('create table filler (n int)');
    await admin.query('select pg_switch_wal()');
    await until('an attempt failed', async () => {
      const sql = `select 1 from pg_stat_archiver
        where last_failed_time > coalesce(last_archived_time, '-infinity')`;
      return (await admin.query(sql)).rowCount === 1;
    });
    const [failing] = await finds(['archiver'], { baselines: { recovery_point_ms: 1 } });
    assert.equal(failing?.severity, 'critical');

    const standby = await startStandby(t, server);
    await untilStreaming(admin);
    await isOk({ baselines: { recovery_point_ms: 1 } });
    await skips('needs-role', { ...fiveMinutes, server: standby });
  },
);
