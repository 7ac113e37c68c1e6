// The ratio counts index blocks alone: a scan of a table does not touch it.
import assert from 'node:assert/strict';
import type pg from 'pg';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';

const settings = { shared_buffers: '1MB', autovacuum: 'off' };
const look = { thresholds: { min_blocks: 250 } };

checkTest('index-hit-ratio', { settings }, async ({ admin, isOk, finds, skips, sample }) => {
  await skips('needs-history');
  await admin.query('create table keys (id int, filler text)');
  await admin.query(
    `insert into keys select i, repeat('x', 100) from generate_series(1, 100000) i`,
  );
  await admin.query('create index keys_id on keys (id)');
  await admin.query('vacuum (analyze) keys');
  await admin.query('set enable_seqscan = off; set enable_bitmapscan = off');
  await indexAccesses(admin, 0);
  const start = await sample();
  await skips('nothing-to-examine', { ...look, previous: start });
  await admin.query(`do $$ begin for i in 1..500 loop
    perform from keys where id = 7; end loop; end $$`);
  const lookups = await indexAccesses(admin, 500);
  await isOk({ ...look, previous: start });
  const before = await sample();
  await admin.query('select count(*) from keys where id > 0');
  await indexAccesses(admin, lookups + 250);
  const [found] = await finds(['database app'], { ...look, previous: before });
  assert.match(found?.summary ?? '', /of the index blocks that database app asked for in/);
  await isOk({ previous: before, thresholds: { ...look.thresholds, warning_percent: 0 } });
  await skips('nothing-to-examine', { previous: before });
});

/** Waits until at least so many accesses to indexes were counted; how many there are. */
async function indexAccesses(admin: pg.Client, count: number): Promise<number> {
  const { rows } = await admin.query(`select to_regproc('pg_stat_force_next_flush') as f`);
  if (rows[0].f !== null) await admin.query('select pg_stat_force_next_flush()');
  let found = 0;
  await until(`${count} accesses are counted`, async () => {
    const sql = `select coalesce(sum(idx_blks_hit + idx_blks_read), 0)::int as n
      from pg_statio_user_indexes`;
    found = Number((await admin.query(sql)).rows[0].n);
    return found >= count;
  });
  return found;
}
