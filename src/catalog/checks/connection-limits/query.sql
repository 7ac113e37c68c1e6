-- Roles and databases with a connection limit of their own, and the sessions that count; since 14.
-- A limit of 0 shuts somebody out by intent. Superusers are not held to any limit.
select
  'role' as kind,
  r.rolname::text as name,
  r.rolconnlimit as connection_limit,
  pg_catalog.count(a.pid) as sessions
from pg_catalog.pg_roles as r
left join pg_catalog.pg_stat_activity as a
  on a.usesysid = r.oid and a.backend_type = 'client backend'
where r.rolconnlimit > 0
  and not r.rolsuper
group by r.rolname, r.rolconnlimit
union all
select
  'database' as kind,
  d.datname::text as name,
  d.datconnlimit as connection_limit,
  pg_catalog.count(a.pid) as sessions
from pg_catalog.pg_database as d
left join pg_catalog.pg_stat_activity as a
  on a.datid = d.oid and a.backend_type = 'client backend'
where d.datconnlimit > 0
group by d.datname, d.datconnlimit
