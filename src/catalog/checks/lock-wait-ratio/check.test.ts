// Many sessions that wait for one row are a share of the active ones; sleepers and few are not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { leaveWaiting } from '../../../../test/harness/waiting.ts';

const id = 'lock-wait-ratio';
const atOnce = { thresholds: { minimum_wait: 0 } };

checkTest(id, {}, async ({ admin, session, isOk, finds, skips }) => {
  await admin.query('create table counter as select 0 as value');
  // Idle sessions are no denominator, and nobody active is nothing to examine.
  await skips('nothing-to-examine', atOnce);
  const sleeper = await session();
  sleeper.query('select pg_sleep(60)').catch(() => undefined);

  const first = await session();
  await first.query('begin; update counter set value = 1');
  const update = 'update counter set value = value + 1';
  const waits = [
    await leaveWaiting(admin, await session(), update),
    await leaveWaiting(admin, await session(), update),
  ];
  // Two of three, but only two.
  const before = await isOk(atOnce);
  assert.equal(before.examined, 3);
  waits.push(await leaveWaiting(admin, await session(), update));
  const [critical] = await finds(['server'], atOnce);
  assert.equal(critical?.severity, 'critical');
  assert.match(critical.summary, /^3 of 4 active sessions \(75 %\) .* a row of public\.counter$/);
  const [warning] = await finds(['server'], {
    thresholds: { minimum_wait: 0, critical_percent: 80 },
  });
  assert.equal(warning?.severity, 'warning');
  // Waits of a few milliseconds are everyday life.
  await isOk({ thresholds: { minimum_wait: 60_000 } });

  await first.query('commit');
  await Promise.all(waits.map(({ end }) => end));
  await isOk(atOnce);
});
