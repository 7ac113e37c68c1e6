// Counters of index scans, for tests: begun anew at a known moment, and waited for.
import type pg from 'pg';
import { until } from './servers.ts';

/** Resets the counters of the database: from here on they are known to reach back. */
export async function startCounting(admin: pg.Client): Promise<void> {
  await admin.query('select pg_catalog.pg_stat_reset()');
  await until('the reset is recorded', async () => {
    const sql = `select from pg_catalog.pg_stat_database
      where datname = pg_catalog.current_database() and stats_reset is not null`;
    return (await admin.query(sql)).rowCount === 1;
  });
}

/** Waits until the counters of the table or index hold what the condition asks for. */
export async function untilCounted(
  admin: pg.Client,
  { view, relation, condition }: CountedCondition,
): Promise<void> {
  const name = view === 'pg_stat_all_indexes' ? 'indexrelname' : 'relname';
  const sql = `select from pg_catalog.${view} where ${name} = $1 and ${condition}`;
  await until(`${condition} for ${relation}`, async () => {
    return ((await admin.query(sql, [relation])).rowCount ?? 0) > 0;
  });
}

export interface CountedCondition {
  readonly view: 'pg_stat_all_indexes' | 'pg_stat_all_tables';
  readonly relation: string;
  readonly condition: string;
}
