// The WAL a slot keeps is measured, whether or not its consumer is connected.
import assert from 'node:assert/strict';
import type pg from 'pg';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';
import { startStandby, untilStreaming } from '../../../../test/harness/standby.ts';

const id = 'slot-retained-wal';
const segment_bytes = 16 * 1024 ** 2;
const small = { thresholds: { warning_size: segment_bytes } };

async function writeSegment(admin: pg.Client): Promise<void> {
  await admin.query('create table if not exists filler (n int)');
  await admin.query('insert into filler values (1)');
  await admin.query('select pg_switch_wal()');
  await admin.query('insert into filler values (1)');
}

checkTest(id, {}, async ({ t, admin, server, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query(`select pg_create_physical_replication_slot('east', true)`);
  await isOk({ thresholds: { warning_size: 10 * segment_bytes } });
  for (const _ of Array.from({ length: 2 })) await writeSegment(admin);
  const [warning] = await finds(['east'], small);
  assert.equal(warning?.severity, 'warning');
  assert.match(warning.summary, /of WAL and has no consumer$/);
  await isOk();
  const [critical] = await finds(['east'], {
    thresholds: { warning_size: segment_bytes, critical_size: segment_bytes },
  });
  assert.equal(critical?.severity, 'critical');

  await startStandby(t, server, { slot: 'east' });
  await untilStreaming(admin);
  await until('the slot moved on', async () => {
    const sql = `select 1 from pg_replication_slots
      where pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) < $1`;
    return (await admin.query(sql, [segment_bytes])).rowCount === 1;
  });
  await isOk(small);
});

checkTest(id, { title: 'a slot that reserves nothing' }, async ({ admin, isOk }) => {
  await admin.query(`select pg_create_physical_replication_slot('spare')`);
  await writeSegment(admin);
  await isOk({ thresholds: { warning_size: 1 } });
});
