// The share of rollbacks is taken between two samples, and of many transactions only.
import assert from 'node:assert/strict';
import { checkTest, type World } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';

const id = 'rollback-ratio';

checkTest(id, {}, async (world) => {
  const { sample, isOk, finds, skips } = world;
  await skips('needs-history');
  const start = await sample();
  await transact(world, 'commit', 150);
  await isOk({ previous: start });

  const before = await sample();
  await transact(world, 'rollback', 150);
  const [critical] = await finds(['database app'], { previous: before });
  assert.equal(critical?.severity, 'critical');
  assert.ok(Number(critical.evidence['rollbacks']) >= 150);
  const tolerant = { critical_percent: 100 };
  const [warning] = await finds(['database app'], { previous: before, thresholds: tolerant });
  assert.equal(warning?.severity, 'warning');
  await isOk({ previous: before, thresholds: { minimum_transactions: 10_000 } });
});

async function transact({ admin, session }: World, end: 'commit' | 'rollback', count: number) {
  const column = end === 'commit' ? 'xact_commit' : 'xact_rollback';
  const sql = `select ${column} as count from pg_stat_database where datname = 'app'`;
  const { rows } = await admin.query(sql);
  const app = await session();
  for (let done = 0; done < count; done += 1) await app.query(`begin; select 1; ${end}`);
  await app.end();
  await until('the transactions are counted', async () => {
    const now = await admin.query(sql);
    return Number(now.rows[0].count) >= Number(rows[0].count) + count;
  });
}
