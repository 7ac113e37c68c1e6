// A directory larger than configured is found, with the slot that keeps it.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'wal-directory-size';

checkTest(
  id,
  { settings: { max_wal_size: '32MB', min_wal_size: '32MB' } },
  async ({ admin, isOk, finds, skips }) => {
    await isOk();
    await admin.query(`select pg_create_physical_replication_slot('forgotten', true)`);
    await admin.query('create table filler (n int)');
    for (const _ of Array.from({ length: 5 })) {
      await admin.query('insert into filler values (1)');
      await admin.query('select pg_switch_wal()');
    }
    await admin.query('checkpoint');
    const [warning] = await finds(['pg_wal']);
    assert.equal(warning?.severity, 'warning');
    assert.match(warning.summary, /slot forgotten keeps [\d.]+ MB$/);
    const [critical] = await finds(['pg_wal'], { thresholds: { critical_ratio: 2 } });
    assert.equal(critical?.severity, 'critical');
    const [full] = await finds(['pg_wal'], {
      thresholds: { warning_ratio: 1_000 },
      baselines: { disk_bytes: 150_000_000 },
    });
    assert.equal(full?.severity, 'critical');
    assert.match(full.summary, /% of the disk/);

    await admin.query(`select pg_drop_replication_slot('forgotten')`);
    await admin.query('checkpoint');
    await isOk();

    await admin.query('create role visitor login');
    await skips('needs-privilege', { user: 'visitor' });
  },
);
