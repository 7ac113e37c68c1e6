// Catalogs are found by dead rows, and after a vacuum by the empty pages it leaves.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';

const settings = { autovacuum: 'off' };

checkTest('catalog-bloat', { settings }, async ({ admin, isOk, finds }) => {
  await admin.query('vacuum (full, analyze) pg_catalog.pg_attribute');
  await isOk();
  const columns = Array.from({ length: 300 }, (_, i) => `c${i} int`).join(', ');
  for (let round = 0; round < 15; round += 1) {
    await admin.query(`create temporary table scratch (${columns}); drop table scratch`);
  }
  const dead = { thresholds: { min_dead_rows: 3_000 } };
  const dead_rows = async () => {
    const sql = `select pg_stat_get_dead_tuples('pg_attribute'::regclass)::int as n`;
    return Number((await admin.query(sql)).rows[0].n);
  };
  await until('the dead columns are counted', async () => (await dead_rows()) >= 4_500);
  const [found] = await finds(['pg_catalog.pg_attribute'], dead);
  assert.match(found?.summary ?? '', /^pg_catalog\.pg_attribute takes .* of its rows are dead/);
  await isOk();
  await admin.query('vacuum (analyze, truncate off) pg_catalog.pg_attribute');
  await until('the vacuum is counted', async () => (await dead_rows()) < 1_000);
  await isOk(dead);
  // The rows of columns take about 160 bytes each.
  const empty = { thresholds: { min_size: 800_000, bytes_per_row: 250 } };
  await finds(['pg_catalog.pg_attribute'], empty);
  await admin.query('vacuum (full, analyze) pg_catalog.pg_attribute');
  await isOk(empty);
});
