// A rewrite held up in its index build is found, and is critical once somebody waits for the table.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';
import { leaveWaiting } from '../../../../test/harness/waiting.ts';

checkTest('vacuum-full-running', {}, async ({ admin, session, finds, isOk, skips }) => {
  await skips('nothing-to-examine');
  // The index calls a function that waits for a lock of ours: so the rewrite stands still there.
  await admin.query(`
    create function gate(id int) returns int immutable language plpgsql as $$
      begin perform pg_catalog.pg_advisory_xact_lock_shared(7); return id; end $$;
    create table "Docs" (id int);
    create index on "Docs" (gate(id));
    insert into "Docs" values (1), (2)`);
  await admin.query('select pg_advisory_lock(7)');
  const rewriter = await session();
  const { end } = await leaveWaiting(admin, rewriter, 'vacuum full "Docs"');
  const [found] = await finds(['public."Docs"'], { thresholds: { warning_age: 0 } });
  assert.equal(found?.severity, 'warning');
  assert.match(found.summary, /^VACUUM FULL of public\."Docs" \(pid \d+\) has been running for/);
  await isOk();
  const reader = await session();
  const waiting = await leaveWaiting(admin, reader, 'select from "Docs"');
  const [worse] = await finds(['public."Docs"']);
  assert.equal(worse?.severity, 'critical');
  assert.equal(worse.fingerprint, found.fingerprint);
  await finds([`table ${await oid()} of database app`], { database: 'postgres' });
  await admin.query('select pg_advisory_unlock(7)');
  await Promise.all([end, waiting.end]);
  await until('the rewrite is over', async () => {
    return (await admin.query('select from pg_stat_progress_cluster')).rowCount === 0;
  });
  await skips('nothing-to-examine');

  async function oid(): Promise<number> {
    const { rows } = await admin.query('select relid::int8 as oid from pg_stat_progress_cluster');
    return Number(rows[0].oid);
  }
});
