// Sessions, prepared transactions and slots that hold back vacuum are found by name.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { burnTransactionIds } from '../../../../test/harness/transaction-ids.ts';

const id = 'vacuum-horizon';
const look = { thresholds: { warning_xids: 100 } };

checkTest(id, {}, async ({ admin, session, isOk, finds, skips }) => {
  const report = await session({ application_name: 'report' });
  await report.query('begin isolation level repeatable read; select 1');
  const { rows } = await report.query('select pg_backend_pid() as pid');
  await isOk(look);
  await burnTransactionIds(admin, 300);
  const [found] = await finds([`pid ${rows[0].pid}`], look);
  assert.equal(found?.severity, 'warning');
  assert.match(
    found.summary,
    /postgres@app, report, idle in transaction\) holds back vacuum by 30/,
  );
  await isOk();
  await report.query('commit');
  await isOk(look);
  await admin.query('create role nobody_special login');
  await skips('needs-privilege', { user: 'nobody_special' });
});

const settings = { max_prepared_transactions: '5', wal_level: 'logical' };

checkTest(id, { title: 'prepared transactions and slots', settings }, async (world) => {
  const { admin, session, isOk, finds } = world;
  await admin.query('create table orders (id int)');
  // First: making a slot waits for every transaction that has written.
  await admin.query(`select pg_create_logical_replication_slot('left_behind', 'pgoutput')`);
  const app = await session();
  await app.query('begin; insert into orders values (1)');
  await app.query(`prepare transaction 'it''s old'`);
  await burnTransactionIds(admin, 300);
  // Its snapshot is as old as the prepared transaction, which is to blame for that.
  const reader = await session();
  await reader.query('begin isolation level repeatable read; select 1');
  const objects = [`prepared transaction it's old`, 'replication slot left_behind'];
  const [, slot] = await finds(objects, look);
  assert.match(slot?.summary ?? '', /logical, inactive, system catalogues only/);
  await admin.query(`rollback prepared 'it''s old'`);
  await admin.query(`select pg_drop_replication_slot('left_behind')`);
  // With the prepared transaction gone, the old snapshot is what remains.
  const { rows } = await reader.query('select pg_backend_pid() as pid');
  await finds([`pid ${rows[0].pid}`], look);
  await reader.query('commit');
  await isOk(look);
});
