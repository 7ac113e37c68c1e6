// A slot without a consumer is found, and gone from the findings once somebody streams from it.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { startStandby, untilStreaming } from '../../../../test/harness/standby.ts';

const id = 'slot-inactive';
const atOnce = { thresholds: { warning_age: 0 } };

checkTest(id, {}, async ({ t, major, admin, server, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query(`select pg_create_physical_replication_slot('east', true)`);
  const [found] = await finds(['east'], atOnce);
  assert.match(found?.summary ?? '', /^physical slot east has had no consumer.* and keeps/);
  assert.equal(found?.severity, major >= 17 ? 'warning' : 'info');
  // Unused for less than an hour, where the server tells.
  if (major >= 17) await isOk();

  const standby = await startStandby(t, server, { slot: 'east' });
  await untilStreaming(admin);
  await isOk(atOnce);
  await standby.halt();

  await admin.query(`select pg_create_physical_replication_slot('spare')`);
  const [, spare] = await finds(['east', 'spare'], atOnce);
  assert.equal(spare?.severity, 'info');
  assert.match(spare.summary, /was never used/);
});

checkTest(
  id,
  { title: 'temporary and logical', settings: { wal_level: 'logical' } },
  async ({ admin, session, finds, skips }) => {
    const holder = await session();
    await holder.query(`select pg_create_physical_replication_slot('passing', true, true)`);
    await skips('nothing-to-examine');
    await admin.query(`select pg_create_logical_replication_slot('cdc', 'pgoutput')`);
    const [cdc] = await finds(['cdc'], atOnce);
    assert.match(cdc?.summary ?? '', /^logical slot cdc of database app/);
  },
);
