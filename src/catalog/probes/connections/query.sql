-- The server's slots for sessions, and client sessions by database, role and application; since 14.
-- Our own sessions are counted: they occupy slots too. Without a visible session one row remains.
select
  pg_catalog.current_setting('max_connections')::int as max_connections,
  pg_catalog.current_setting('superuser_reserved_connections')::int as superuser_reserved,
  -- The setting came with 16; asked like this, an older server answers null.
  coalesce(pg_catalog.current_setting('reserved_connections', true)::int, 0) as reserved,
  s.database,
  s.role,
  s.application,
  coalesce(s.sessions, 0) as sessions,
  coalesce(s.active, 0) as active,
  coalesce(s.idle, 0) as idle,
  coalesce(s.idle_in_transaction, 0) as idle_in_transaction
from (values (1)) as one (row)
left join (
  select
    a.datname::text as database,
    a.usename::text as role,
    a.application_name as application,
    pg_catalog.count(*) as sessions,
    pg_catalog.count(*) filter (where a.state in ('active', 'fastpath function call')) as active,
    pg_catalog.count(*) filter (where a.state = 'idle') as idle,
    pg_catalog.count(*) filter (where a.state like 'idle in transaction%') as idle_in_transaction
  from pg_catalog.pg_stat_activity as a
  where a.backend_type = 'client backend'
  group by a.datname, a.usename, a.application_name
) as s on true
