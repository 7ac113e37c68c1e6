// A declared statement is measured between the samples, by its text, which is never shown.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const settings = { shared_preload_libraries: 'pg_stat_statements' };

checkTest('query-budget', { settings }, async ({ admin, isOk, finds, skips, sample }) => {
  await admin.query('create extension pg_stat_statements');
  const queries = [
    { name: 'nap', like: 'select pg_sleep($1)%from generate_series%', mean_ms: 10 },
    { name: 'never', like: 'select nothing like this%', mean_ms: 10 },
  ];
  const look = { baselines: { queries }, thresholds: { min_calls: 2 } };
  await skips('needs-history', look);
  const before = await sample(look);
  await skips('needs-configuration', { previous: before });
  await skips('nothing-to-examine', { ...look, previous: before });
  const nap = (seconds: number) =>
    admin.query(`SELECT pg_sleep(${seconds}), 'secret'\n   FROM generate_series(1, 1)`);
  for (const _ of [1, 2, 3]) await nap(0);
  const healthy = await isOk({ ...look, previous: before });
  assert.equal(healthy.examined, 1);
  const later = await sample(look);
  for (const _ of [1, 2]) await nap(0.025);
  const [found] = await finds(['nap'], { ...look, previous: later });
  assert.match(found?.summary ?? '', /^"nap" takes (2|3)\d ms on average in 2 calls; .* is 10 ms$/);
  assert.equal(found?.severity, 'warning');
  assert.doesNotMatch(JSON.stringify(found), /secret|generate_series/);
  await finds(['nap'], {
    ...look,
    previous: later,
    thresholds: { min_calls: 2, critical_factor: 2 },
  });
  await skips('nothing-to-examine', { ...look, previous: later, thresholds: { min_calls: 3 } });
});
