// A queue behind DDL: named by the DDL at its head, and only while somebody stands behind it.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { leaveWaiting, pidOf } from '../../../../test/harness/waiting.ts';

const id = 'lock-queue';
const atOnce = { thresholds: { warning_wait: 0 } };

checkTest(id, {}, async ({ admin, session, isOk, finds }) => {
  await admin.query('create table orders (id int)');
  const report = await session();
  await report.query('begin; select from orders');
  const migration = await session({ application_name: 'migration' });
  const object = `pid ${await pidOf(migration)}`;
  const altered = await leaveWaiting(admin, migration, 'alter table orders add column note text');
  // It waits, but stands in nobody's way.
  await isOk(atOnce);

  // A second request behind the first has a queue too, and is no head of one.
  const second = await leaveWaiting(admin, await session(), 'alter table orders drop column id');
  const read = await leaveWaiting(admin, await session(), 'select from orders');
  const [found] = await finds([object], atOnce);
  assert.equal(found?.severity, 'warning');
  assert.match(found.summary, /^2 sessions queue behind pid \d+ \(migration, postgres@app\)/);
  assert.equal(found.evidence['relation'], 'public.orders');
  assert.equal(found.evidence['waits_for_pids'], String(await pidOf(report)));
  const [critical] = await finds([object], {
    thresholds: { warning_wait: 0, critical_sessions: 2 },
  });
  assert.equal(critical?.severity, 'critical');

  await report.query('commit');
  await Promise.all([altered.end, read.end, second.end]);
  await isOk(atOnce);
});

checkTest(
  id,
  { title: 'waits of weaker modes are no queue', majors: [14, 18] },
  async ({ admin, session, isOk }) => {
    await admin.query('create table orders (id int)');
    const writer = await session();
    await writer.query('begin; insert into orders values (1)');
    const index = await leaveWaiting(admin, await session(), 'create index on orders (id)');
    const insert = await leaveWaiting(admin, await session(), 'insert into orders values (2)');
    await isOk(atOnce);
    await writer.query('commit');
    await Promise.all([index.end, insert.end]);
  },
);
