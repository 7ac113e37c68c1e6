// The ratio falls when a table larger than shared buffers is read, and only in that window.
import assert from 'node:assert/strict';
import type pg from 'pg';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';

const settings = { shared_buffers: '1MB', autovacuum: 'off' };

checkTest('cache-hit-ratio', { settings }, async ({ admin, isOk, finds, skips, sample }) => {
  await admin.query('create table wide (id int, filler text)');
  await admin.query(`insert into wide select i, repeat('x', 2000) from generate_series(1, 2000) i`);
  await admin.query('create table narrow as select 1 as id');
  await skips('needs-history');
  const look = { thresholds: { min_blocks: 400 } };

  const start = await sample();
  await skips('nothing-to-examine', { previous: start, thresholds: { min_blocks: 1_000_000 } });
  // So many hits that what the load missed, which 14 may count only now, is lost among them.
  const loaded = await counted(admin);
  await admin.query('do $$ begin for i in 1..60000 loop perform from narrow; end loop; end $$');
  await accesses(admin, loaded + 60_000);
  await isOk({ ...look, previous: start });

  const before = await sample();
  const warm = await counted(admin);
  await admin.query('select count(*) from wide');
  await accesses(admin, warm + 450);
  const [found] = await finds(['database app'], { ...look, previous: before });
  assert.equal(found?.severity, 'critical');
  assert.match(found.summary, /were in shared buffers; \d+ were not$/);
  const [mild] = await finds(['database app'], {
    previous: before,
    thresholds: { ...look.thresholds, critical_percent: 0 },
  });
  assert.equal(mild?.severity, 'warning');
  await skips('nothing-to-examine', { previous: before });
  await admin.query('select pg_stat_reset()');
  await until('the counters are reset', async () => (await counted(admin)) < warm);
  await skips('nothing-to-examine', { ...look, previous: before });
});

/** Waits until so many accesses have been counted. */
async function accesses(admin: pg.Client, count: number): Promise<void> {
  const { rows } = await admin.query(`select to_regproc('pg_stat_force_next_flush') as f`);
  if (rows[0].f !== null) await admin.query('select pg_stat_force_next_flush()');
  await until(`${count} accesses are counted`, async () => (await counted(admin)) >= count);
}

async function counted(admin: pg.Client): Promise<number> {
  const sql = `select (blks_hit + blks_read)::int as n from pg_stat_database where datname = 'app'`;
  return Number((await admin.query(sql)).rows[0].n);
}
