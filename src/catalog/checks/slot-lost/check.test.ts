// A slot goes from safe to in danger to lost as WAL is written past its limit.
import assert from 'node:assert/strict';
import type pg from 'pg';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'slot-lost';

async function writeSegments(admin: pg.Client, count: number): Promise<void> {
  await admin.query('create table if not exists filler (n int)');
  for (const _ of Array.from({ length: count })) {
    await admin.query('insert into filler values (1)');
    await admin.query('select pg_switch_wal()');
  }
}

checkTest(
  id,
  { settings: { max_slot_wal_keep_size: '64MB' } },
  async ({ major, admin, isOk, finds, skips }) => {
    await skips('nothing-to-examine');
    await admin.query(`select pg_create_physical_replication_slot('east', true)`);
    await isOk();

    await writeSegments(admin, 4);
    const [near] = await finds(['east']);
    assert.equal(near?.severity, 'warning');
    assert.match(near.summary, /^physical slot east is in danger after/);
    await isOk({ thresholds: { least_safe_size: 1 } });

    await writeSegments(admin, 3);
    const [over] = await finds(['east']);
    assert.equal(over?.severity, 'critical');
    assert.match(over.summary, /over its limit/);

    await admin.query('checkpoint');
    const [lost] = await finds(['east']);
    assert.equal(lost?.severity, 'critical');
    assert.match(lost.summary, major >= 17 ? /is lost \(wal_removed\)/ : /is lost:/);
    assert.equal(lost.fingerprint, near.fingerprint);

    await admin.query(`select pg_drop_replication_slot('east')`);
    await skips('nothing-to-examine');
  },
);

checkTest(id, { title: 'no limit' }, async ({ admin, isOk }) => {
  await admin.query(`select pg_create_physical_replication_slot('east', true)`);
  await writeSegments(admin, 2);
  await isOk();
});
