// A real anti-wraparound autovacuum, held up by its cost delay while a migration waits for it.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';
import { burnTransactionIds } from '../../../../test/harness/transaction-ids.ts';

const id = 'wraparound-vacuum-running';
const settings = {
  autovacuum_naptime: '1s',
  autovacuum_freeze_max_age: '100000',
};

checkTest(id, { settings }, async ({ admin, session, finds, skips }) => {
  await skips('nothing-to-examine');
  // Only this table is slow, so that the worker reaches it soon and stays with it.
  await admin.query(`create table ledger (id int, body text)
    with (autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1)`);
  await admin.query(
    `insert into ledger select i, repeat('x', 500) from generate_series(1, 4000) i`,
  );
  await burnTransactionIds(admin, 101_000);
  await until('autovacuum works on the table', async () => {
    const sql = `select 1 from pg_stat_progress_vacuum where relid = 'ledger'::regclass`;
    return (await admin.query(sql)).rowCount === 1;
  });
  const [found] = await finds(['public.ledger']);
  assert.equal(found?.severity, 'info');

  const migration = await session();
  const waiting = migration.query('alter table ledger add column n int').catch(() => undefined);
  await until('the migration waits', async () => {
    const sql = `select 1 from pg_locks where not granted and relation = 'ledger'::regclass`;
    return (await admin.query(sql)).rowCount === 1;
  });
  const [blocking] = await finds(['public.ledger']);
  assert.equal(blocking?.severity, 'warning');
  assert.match(blocking.summary, /1 session wait/);
  await admin.query('select pg_cancel_backend(pid) from pg_locks where not granted');
  await waiting;
});
