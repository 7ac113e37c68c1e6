// Waits until the counters of a table have arrived where the statistics views read them.
import type pg from 'pg';
import { until } from './servers.ts';

/** Waits for the number of dead rows; 14 has a collector, later versions flush on demand. */
export async function deadRows(admin: pg.Client, table: string, count: number): Promise<void> {
  await flushStatistics(admin);
  await until(`${table} has ${count} dead rows`, async () => {
    const sql = 'select pg_stat_get_dead_tuples($1::regclass)::int as dead';
    return (await admin.query(sql, [table])).rows[0].dead === count;
  });
}

/** Waits for the number of rows changed since the last analyze. */
export async function changedRows(admin: pg.Client, table: string, count: number): Promise<void> {
  await flushStatistics(admin);
  await until(`${table} has ${count} changed rows`, async () => {
    const sql = 'select pg_stat_get_mod_since_analyze($1::regclass)::int as changed';
    return (await admin.query(sql, [table])).rows[0].changed === count;
  });
}

/** Waits for the number of live rows: before a VACUUM, whose figure a late insert would add to. */
export async function liveRows(admin: pg.Client, table: string, count: number): Promise<void> {
  await flushStatistics(admin);
  await until(`${table} has ${count} live rows`, async () => {
    const sql = 'select pg_stat_get_live_tuples($1::regclass)::int as live';
    return (await admin.query(sql, [table])).rows[0].live === count;
  });
}

async function flushStatistics(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query(`select to_regproc('pg_stat_force_next_flush') as f`);
  if (rows[0].f !== null) await admin.query('select pg_stat_force_next_flush()');
}
