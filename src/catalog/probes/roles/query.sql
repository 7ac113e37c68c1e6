-- Roles with a power or a limit that deserves a look, and how many roles there are; since 14.
with recursive members as (
  select r.oid as member, r.rolname::text as power
  from pg_catalog.pg_roles as r
  where r.rolname in (
    'pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files'
  )
  union
  select m.member, p.power
  from members as p
  join pg_catalog.pg_auth_members as m on m.roleid = p.member
),
powers as materialized (
  select m.member, pg_catalog.array_agg(m.power order by m.power) as names
  from members as m
  group by m.member
),
sessions as materialized (
  select a.usesysid, count(*) as count
  from pg_catalog.pg_stat_activity as a
  where a.pid <> pg_catalog.pg_backend_pid()
  group by a.usesysid
)
select t.examined, f.*
from (
  select count(*) as examined from pg_catalog.pg_roles as r where r.rolname !~ '^pg_'
) as t
left join (
  select
    r.rolname::text as name,
    r.rolsuper as is_superuser,
    -- The role that initdb made; it cannot lose the attribute for good.
    r.oid = 10 as is_bootstrap,
    r.rolbypassrls as has_bypassrls,
    r.rolcanlogin as can_login,
    coalesce(s.count, 0) as sessions,
    case when pg_catalog.isfinite(r.rolvaliduntil)
      then (extract(epoch from r.rolvaliduntil - pg_catalog.now()) * 1000)::float8
    end as expires_in_ms,
    coalesce(p.names, '{}') as powers
  from pg_catalog.pg_roles as r
  left join powers as p on p.member = r.oid
  left join sessions as s on s.usesysid = r.oid
  where r.rolname !~ '^pg_'
    and (
      r.rolsuper or r.rolbypassrls or p.names is not null
      or (r.rolcanlogin and pg_catalog.isfinite(r.rolvaliduntil))
    )
  order by r.rolsuper desc, r.rolbypassrls desc, r.rolvaliduntil, r.oid
  limit 1000
) as f on true
