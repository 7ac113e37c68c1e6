// Evictions are counted between two samples, by more statements than there is room for.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const settings = {
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.max': '100',
};

checkTest('statements-evictions', { settings }, async ({ admin, isOk, finds, skips, sample }) => {
  await admin.query('create extension pg_stat_statements');
  await skips('needs-history');
  const previous = await sample();
  await isOk({ previous });
  for (let columns = 1; columns <= 250; columns += 1) {
    await admin.query(`select ${Array.from({ length: columns }, () => '1').join(', ')}`);
  }
  const [found] = await finds(['pg_stat_statements.max'], { previous });
  assert.match(found?.summary ?? '', /made room \d+ times in .*: it holds 100 statements/);
  await isOk({ previous, thresholds: { least_evictions: 10_000 } });
  await isOk({ previous: await sample() });
  await admin.query('select pg_stat_statements_reset()');
  await skips('cannot-tell', { previous });
});
