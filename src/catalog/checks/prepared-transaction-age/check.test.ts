// A prepared transaction is found by its name and its age, and gone once it is finished.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'prepared-transaction-age';
const settings = { max_prepared_transactions: '2' };

checkTest(id, { settings }, async ({ admin, isOk, finds, skips }) => {
  await admin.query('create table orders (id int)');
  const { reason } = await skips('nothing-to-examine');
  assert.equal(reason, 'no prepared transaction is open');

  const gid = `Order "17" 📦`;
  await admin.query(`begin; insert into orders values (1); prepare transaction '${gid}'`);
  const object = `prepared transaction ${gid}`;
  const [found] = await finds([object], { thresholds: { warning_age: 0 } });
  assert.equal(found?.severity, 'warning');
  assert.match(found.summary, /of postgres@app has been open for .* and holds 1 lock$/);
  const [critical] = await finds([object], { thresholds: { warning_age: 0, critical_age: 0 } });
  assert.equal(critical?.severity, 'critical');
  await isOk();

  await admin.query(`commit prepared '${gid}'`);
  await skips('nothing-to-examine');
});

checkTest(id, { settings, title: 'any role may look', majors: [14, 18] }, async (world) => {
  await world.admin.query('create role stranger login');
  await world.admin.query(`begin; create table t (id int); prepare transaction 'one'`);
  await world.finds(['prepared transaction one'], {
    user: 'stranger',
    thresholds: { warning_age: 0 },
  });
  await world.admin.query(`rollback prepared 'one'`);
});
