// The rate between two samples is held against the declared one, both ways.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';

const settings = { autovacuum: 'off' };

checkTest('transaction-rate', { settings }, async ({ admin, isOk, finds, skips, sample }) => {
  const look = (transactions_per_second: number) => ({
    baselines: { transactions_per_second },
    thresholds: { min_window: 0 },
  });
  const committed = async () => {
    const sql = `select xact_commit::int as n from pg_stat_database where datname = 'app'`;
    return Number((await admin.query(sql)).rows[0].n);
  };
  await skips('needs-history', look(1));
  const previous = await sample(look(1));
  await skips('needs-configuration', { previous });
  const goal = (await committed()) + 300;
  await admin.query('do $$ begin for i in 1..300 loop commit; end loop; end $$');
  await until('the transactions are counted', async () => (await committed()) >= goal);
  await skips('cannot-tell', { previous, baselines: { transactions_per_second: 1 } });
  const [low] = await finds(['transactions'], { ...look(1_000_000), previous });
  assert.equal(low?.severity, 'warning');
  assert.match(low.summary, /transactions a second, [\d.]+ % below the usual 1,000,000$/);
  const [high] = await finds(['transactions'], { ...look(0.01), previous });
  assert.match(high?.summary ?? '', /above the usual/);
  assert.equal(high?.fingerprint, low.fingerprint);
  const wide = { min_window: 0, info_percent: 100, warning_percent: 100 };
  await isOk({ ...look(1_000_000), previous, thresholds: wide });
  const mild = { min_window: 0, info_percent: 20, warning_percent: 100 };
  const [info] = await finds(['transactions'], { ...look(1_000_000), previous, thresholds: mild });
  assert.equal(info?.severity, 'info');
});
