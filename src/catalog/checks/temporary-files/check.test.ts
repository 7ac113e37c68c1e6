// A sort that spills is found by its bytes between two samples.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';

const id = 'temporary-files';

checkTest(id, {}, async ({ admin, session, sample, isOk, finds, skips }) => {
  await skips('needs-history');
  const before = await sample();
  const low = { warning_per_second: 1, minimum_size: 1_000 };
  await isOk({ previous: before, thresholds: low });

  const app = await session({ settings: { work_mem: '64kB' } });
  await app.query('select i from generate_series(1, 50000) as i order by -i');
  await app.end();
  await until('the files are counted', async () => {
    const sql = `select from pg_stat_database where datname = 'app' and temp_files > 0`;
    return (await admin.query(sql)).rowCount === 1;
  });
  const [found] = await finds(['database app'], { previous: before, thresholds: low });
  assert.equal(found?.severity, 'warning');
  assert.ok(Number(found.evidence['size_bytes']) > 500_000);
  // A single small spill is nobody's trouble.
  await isOk({ previous: before });
  await isOk({ previous: await sample(), thresholds: low });
});
