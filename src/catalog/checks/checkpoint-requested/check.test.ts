// Requested checkpoints are counted between two samples, on the view of each major.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';

const id = 'checkpoint-requested';

checkTest(id, {}, async ({ major, admin, isOk, finds, skips, sample }) => {
  const requested = async () => {
    const { rows } = await admin.query(
      major >= 17
        ? 'select num_requested::int as n from pg_stat_checkpointer'
        : 'select checkpoints_req::int as n from pg_stat_bgwriter',
    );
    return Number(rows[0].n);
  };
  const checkpoints = async (count: number) => {
    const goal = (await requested()) + count;
    for (let done = 0; done < count; done += 1) {
      await admin.query('create table filler (); drop table filler');
      await admin.query('checkpoint');
    }
    await until('the checkpoints are counted', async () => (await requested()) >= goal);
  };
  await skips('needs-history');
  // Up to 14 `create database` asked for two checkpoints, and counters arrive late.
  await admin.query('checkpoint');
  const earlier = major < 15 ? 3 : 1;
  await until('earlier checkpoints are counted', async () => (await requested()) >= earlier);
  const start = await sample();
  await skips('nothing-to-examine', { previous: start });

  await checkpoints(1);
  await isOk({ previous: start });
  await checkpoints(1);
  const [found] = await finds(['max_wal_size'], { previous: start });
  assert.match(found?.summary ?? '', /^2 of 2 checkpoints \(100 %\) in .* max_wal_size is 1GB/);
  await isOk({ previous: start, thresholds: { least_requested: 3 } });

  await admin.query(`select pg_stat_reset_shared('${major >= 17 ? 'checkpointer' : 'bgwriter'}')`);
  await until('the counters are reset', async () => (await requested()) === 0);
  await skips('cannot-tell', { previous: start });
});
