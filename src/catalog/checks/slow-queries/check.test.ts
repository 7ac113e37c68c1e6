// A statement is slow by its mean between the samples, and only if it ran often.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const settings = { shared_preload_libraries: 'pg_stat_statements' };
const look = { thresholds: { min_calls: 3, warning_mean: 20 } };

checkTest('slow-queries', { settings }, async ({ admin, isOk, finds, skips, sample }) => {
  await admin.query('create extension pg_stat_statements');
  await skips('needs-history', look);
  // Slow before, fast since.
  for (let call = 0; call < 3; call += 1) await admin.query('select pg_sleep(0.05), 1');
  const previous = await sample();
  for (let call = 0; call < 9; call += 1) await admin.query('select pg_sleep(0), 1');
  await isOk({ ...look, previous });
  for (let call = 0; call < 3; call += 1) await admin.query('select pg_sleep(0.03)');
  const { rows } = await admin.query(
    `select queryid::text as id from pg_stat_statements where query = 'select pg_sleep($1)'`,
  );
  const [found] = await finds([`query ${rows[0].id} of postgres`], { ...look, previous });
  assert.match(found?.summary ?? '', /takes 3\d ms on average; it ran 3 times in/);
  await isOk({ previous });
});
