// Asks a server who it is and what the role may do: one statement, no assumption.
import { RunbookError } from '../../kernel/errors.ts';
import type { ProbeResult, Server } from '../../kernel/model.ts';
import { boolean, list, number, type RawRow, text, textOrNull } from '../../kernel/row.ts';
import type { ProbeRunner } from '../../kernel/session.ts';

// Works on every major and as any role that may connect; to_regprocedure answers null where a
// version lacks a function, and pg_has_role's USAGE counts only privileges in force without SET.
const sql = `
select
  pg_catalog.current_setting('server_version_num')::int as version_num,
  pg_catalog.current_setting('server_version') as version,
  pg_catalog.pg_is_in_recovery() as is_in_recovery,
  current_user::text as user,
  pg_catalog.current_database()::text as database,
  (select d.oid::bigint from pg_catalog.pg_database d
    where d.datname = pg_catalog.current_database()) as database_oid,
  case when pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'execute')
    then (select s.system_identifier::text from pg_catalog.pg_control_system() s)
  end as system_identifier,
  (select r.rolsuper from pg_catalog.pg_roles r where r.rolname = current_user) as is_superuser,
  (select coalesce(pg_catalog.array_agg(r.rolname::text order by r.rolname), '{}')
     from pg_catalog.pg_roles r
    where r.rolname ~ '^pg_' and pg_catalog.pg_has_role(r.oid, 'usage')) as roles,
  (select coalesce(pg_catalog.array_agg(
      e.extname || ' ' || e.extversion || ' ' || n.nspname order by e.extname), '{}')
     from pg_catalog.pg_extension e
     join pg_catalog.pg_namespace n on n.oid = e.extnamespace) as extensions,
  (select coalesce(pg_catalog.array_agg(f.signature), '{}')
     from pg_catalog.unnest($1::text[]) as f(signature)
    where pg_catalog.has_function_privilege(
      pg_catalog.to_regprocedure(f.signature)::oid, 'execute')) as functions,
  (select coalesce(pg_catalog.array_agg(f.signature), '{}')
     from pg_catalog.unnest($1::text[]) as f(signature)
    where pg_catalog.has_function_privilege('pg_monitor',
      pg_catalog.to_regprocedure(f.signature)::oid, 'execute')) as monitor_functions,
  (extract(epoch from pg_catalog.clock_timestamp()) * 1000)::float8 as now_ms`;

/** @throws unsupported/server-version for another major, or what the statement failed with. */
export async function describeServer(
  runner: ProbeRunner,
  functions: readonly string[],
): Promise<Server> {
  const result = await runner.run({ sql, values: [functions], row_limit: 1, timeout_ms: 5_000 });
  const row = firstRow(result);
  const server = parseServer(row);
  const major = Math.trunc(server.version_num / 10_000);
  if (major >= 14 && major <= 18) return server;
  throw new RunbookError('unsupported/server-version', {
    what: `the server is PostgreSQL ${server.version}`,
    remedy: 'PostgreSQL 14, 15, 16, 17 and 18 are supported.',
  });
}

function firstRow(result: ProbeResult): RawRow {
  if (result.status === 'ok' && result.rows[0] !== undefined) return result.rows[0];
  const why = result.status === 'ok' ? 'It answered no row.' : result.reason;
  const what = 'the server did not say who it is';
  const isDenied = result.status === 'denied';
  const isUnknown = result.status === 'unsupported';
  if (isDenied) throw new RunbookError('denied/privilege', { what, why });
  if (isUnknown) throw new RunbookError('unsupported/server', { what, why });
  throw new RunbookError('unreachable/lost', { what, why });
}

function parseServer(row: RawRow): Server {
  const extensions = list(row, 'extensions').map((entry) => {
    const [name = '', version = '', ...schema] = entry.split(' ');
    return [name, { version, schema: schema.join(' ') }] as const;
  });
  return {
    version_num: number(row, 'version_num'),
    version: (text(row, 'version').split(' ')[0] ?? '').trim(),
    is_in_recovery: boolean(row, 'is_in_recovery'),
    user: text(row, 'user'),
    database: text(row, 'database'),
    database_oid: number(row, 'database_oid'),
    system_identifier: textOrNull(row, 'system_identifier'),
    is_superuser: boolean(row, 'is_superuser'),
    roles: list(row, 'roles'),
    extensions: Object.fromEntries(extensions),
    functions: list(row, 'functions'),
    monitor_functions: list(row, 'monitor_functions'),
    now_ms: number(row, 'now_ms'),
  };
}
