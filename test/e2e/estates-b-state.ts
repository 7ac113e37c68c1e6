// What an estate's database holds: a hash of its rows, and all that a fault might leave behind.
import type { Client } from 'pg';
import type { OpenStage } from './estate-stage.ts';

/** Hash of all rows that a small load makes; within one transaction, times do not differ. */
export async function generated({ admin, read }: OpenStage, seed: string): Promise<string> {
  const tables = await namesOf(admin, 'r');
  await admin.query(`truncate ${tables.join(', ')} restart identity`);
  await admin.query(`select set_config('estate.size', '0.1', true),
                            set_config('estate.seed', '${seed}', true)`);
  await admin.query(await read('generate.sql'));
  const hashes: string[] = [];
  for (const table of tables) {
    const hashed = await admin.query(
      `select md5(string_agg(t::text, ' ' order by t::text)) as hash from ${table} as t`,
    );
    hashes.push(`${table} ${hashed.rows[0].hash}`);
  }
  return hashes.join('\n');
}

/** What a fault might leave behind: definitions, grants, policies, settings, sessions, rows. */
export async function stateOf({ admin }: OpenStage): Promise<string[]> {
  const lines = await admin.query({ text: stateQuery, rowMode: 'array' });
  const state: string[] = lines.rows.flat();
  for (const relation of [...(await namesOf(admin, 'r')), ...(await namesOf(admin, 'm'))]) {
    const counted = await admin.query(`select count(*) as count from ${relation}`);
    state.push(`rows ${relation} ${counted.rows[0].count}`);
  }
  return state;
}

const stateQuery = `
  with ours as (select * from pg_class where relnamespace = 'public'::regnamespace)
  select concat_ws(' ', oid::regclass, relkind, relpersistence, relrowsecurity,
                   relforcerowsecurity, relispopulated, reloptions, relacl) from ours
  union all select concat_ws(' ', attrelid::regclass, attname, atttypid::regtype, attnotnull)
    from pg_attribute join ours on ours.oid = attrelid where not attisdropped and attnum > 0
  union all select concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
    from pg_constraint where connamespace = 'public'::regnamespace
  union all select concat_ws(' ', pg_get_indexdef(indexrelid), indisvalid)
    from pg_index join ours on ours.oid = indrelid
  union all select concat_ws(' ', schemaname, tablename, policyname, roles, cmd, qual, with_check)
    from pg_policies
  union all select concat_ws(' ', roleid::regrole, 'has', member::regrole) from pg_auth_members
  union all select concat_ws(' ', 'slot', slot_name) from pg_replication_slots
  union all select concat_ws(' ', name, setting) from pg_file_settings where applied
  union all select concat_ws(' ', 'session', usename, application_name) from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend'
  order by 1`;

async function namesOf(admin: Client, relkind: string): Promise<string[]> {
  const found = await admin.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind = $1 order by 1`,
    [relkind],
  );
  return found.rows.map((row) => row.name);
}
