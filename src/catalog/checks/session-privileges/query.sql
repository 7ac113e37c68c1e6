-- Sessions over the network whose role is a superuser or bypasses row-level security; since 14.
-- $1: networks from which such sessions are expected.
select c.examined, f.role, f.is_superuser, f.bypasses_rls, f.sessions, f.nameless, f.addresses,
  f.applications, f.databases
from (
  select pg_catalog.count(*) as examined
  from pg_catalog.pg_stat_activity as a
  where a.backend_type in ('client backend', 'walsender')
    and a.pid <> pg_catalog.pg_backend_pid()
    and a.application_name is distinct from pg_catalog.current_setting('application_name')
) as c
left join (
  select
    r.rolname::text as role,
    r.rolsuper as is_superuser,
    r.rolbypassrls as bypasses_rls,
    pg_catalog.count(*) as sessions,
    pg_catalog.count(*) filter (where a.application_name = '') as nameless,
    pg_catalog.array_agg(distinct pg_catalog.host(a.client_addr)) as addresses,
    pg_catalog.array_agg(distinct a.application_name)
      filter (where a.application_name <> '') as applications,
    pg_catalog.array_agg(distinct a.datname::text) as databases
  from pg_catalog.pg_stat_activity as a
  join pg_catalog.pg_roles as r on r.oid = a.usesysid
  where a.backend_type in ('client backend', 'walsender')
    and a.application_name is distinct from pg_catalog.current_setting('application_name')
    and (r.rolsuper or r.rolbypassrls)
    and a.client_addr is not null
    and not a.client_addr <<= any ($1::text[]::inet[])
  group by r.rolname, r.rolsuper, r.rolbypassrls
  order by r.rolsuper desc, 4 desc
  limit 100
) as f on true
