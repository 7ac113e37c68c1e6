// A concurrent detach that runs is left alone; one that was cancelled is found until finalized.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { leaveWaiting, pidOf } from '../../../../test/harness/waiting.ts';

const id = 'partition-detach-pending';

checkTest(id, {}, async (world) => {
  const { admin, session, isOk, finds, skips } = world;
  await skips('nothing-to-examine');
  await admin.query(`
    create table events (at date) partition by range (at);
    create table "Jan" partition of events for values from ('2025-01-01') to ('2025-02-01')`);
  await isOk();

  const reader = await session();
  await reader.query('begin; select from events');
  const detaching = await session();
  const pid = await pidOf(detaching);
  const { end } = await leaveWaiting(
    admin,
    detaching,
    'alter table events detach partition "Jan" concurrently',
  );
  await isOk();
  await admin.query('select pg_cancel_backend($1)', [pid]);
  await end;
  await reader.query('rollback');
  const [found] = await finds(['public."Jan"']);
  assert.equal(found?.severity, 'warning');
  assert.match(found.summary, /^public."Jan" is half detached from public.events/);
  await admin.query('alter table events detach partition "Jan" finalize');
  await skips('nothing-to-examine');
});
