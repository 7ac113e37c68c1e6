-- Every session and background process but our own, with ages in milliseconds; since 14.
-- pg_blocking_pids takes the lock manager's locks, so it is asked only for those that wait.
select
  a.pid,
  a.backend_start::text as backend_start,
  coalesce(a.backend_type, 'unknown') as backend_type,
  a.usename::text as role,
  a.datname::text as database,
  coalesce(a.datname = pg_catalog.current_database(), false) as is_here,
  coalesce(a.application_name, '') as application,
  a.client_addr::text as client_address,
  a.state,
  a.wait_event_type,
  a.wait_event,
  (extract(epoch from t.now - a.xact_start) * 1000)::float8 as transaction_age_ms,
  (extract(epoch from t.now - a.query_start) * 1000)::float8 as query_age_ms,
  (extract(epoch from t.now - a.state_change) * 1000)::float8 as state_age_ms,
  (extract(epoch from t.now - a.backend_start) * 1000)::float8 as session_age_ms,
  a.backend_xid is not null as has_xid,
  a.backend_xid is not null or a.backend_xmin is not null as holds_horizon,
  case when a.wait_event_type = 'Lock' then pg_catalog.pg_blocking_pids(a.pid) else '{}' end
    as blocked_by,
  coalesce(r.rolsuper, false) as is_superuser,
  coalesce(a.query, '') as statement
from pg_catalog.pg_stat_activity as a
cross join (select pg_catalog.clock_timestamp() as now) as t
left join pg_catalog.pg_roles as r on r.oid = a.usesysid
where a.pid <> pg_catalog.pg_backend_pid()
  and a.application_name is distinct from pg_catalog.current_setting('application_name')
  and a.backend_start is not null
