// Temporary files are counted by statement and between the samples.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const settings = { shared_preload_libraries: 'pg_stat_statements', work_mem: '64kB' };
const look = { thresholds: { warning_size: 1_000_000, min_per_call: 500_000 } };

checkTest('queries-spilling', { settings }, async ({ admin, isOk, finds, skips, sample }) => {
  await admin.query('create extension pg_stat_statements');
  await skips('needs-history', look);
  const sort = 'select i from generate_series(1, 30000) as i order by md5(i::text)';
  await admin.query(sort);
  const previous = await sample();
  await admin.query('select i from generate_series(1, 100) as i order by md5(i::text) desc');
  await isOk({ ...look, previous });
  await admin.query(sort);
  await admin.query(sort);
  const { rows } = await admin.query(
    `select queryid::text as id from pg_stat_statements where query like '%md5%' and calls = 3`,
  );
  const [found] = await finds([`query ${rows[0].id} of postgres`], { ...look, previous });
  assert.match(found?.summary ?? '', /wrote [\d.]+ MB to temporary files in 2 calls within/);
  await isOk({ previous });
  await isOk({ ...look, previous: await sample() });
});
