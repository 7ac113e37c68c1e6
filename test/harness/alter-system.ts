// Changes settings of a running test server, and returns once new sessions see them.
import type { Client } from 'pg';
import { until } from './servers.ts';

/** Sets each by ALTER SYSTEM and reloads; null resets. What needs a restart only gets pending. */
export async function alterSystem(
  admin: Client,
  settings: Readonly<Record<string, string | null>>,
): Promise<void> {
  const { rows } = await admin.query('select pg_conf_load_time()::text as loaded');
  for (const [name, value] of Object.entries(settings)) {
    const change =
      value === null ? `reset ${name}` : `set ${name} = '${value.replaceAll("'", "''")}'`;
    await admin.query(`alter system ${change}`);
  }
  await admin.query('select pg_reload_conf()');
  // The postmaster reads the files before it tells its children to: what this session has seen,
  // every later session gets.
  await until('the settings are reloaded', async () => {
    const sql = 'select pg_conf_load_time() > $1::timestamptz as is_loaded';
    return (await admin.query(sql, [rows[0].loaded])).rows[0].is_loaded;
  });
}
