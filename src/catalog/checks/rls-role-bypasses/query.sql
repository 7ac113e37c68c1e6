-- The application roles and why row security would not bind them; since 14.
-- $1 roles of the applications. Until 15 every member may SET ROLE; since 16 the grant says so.
with secured as materialized (
  select
    c.oid, c.relowner, c.relforcerowsecurity,
    pg_catalog.format('%I.%I', n.nspname, c.relname) as name
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and c.relrowsecurity
),
exempt as materialized (
  select r.oid, pg_catalog.format('%I', r.rolname) as name
  from pg_catalog.pg_roles as r
  where r.rolsuper or r.rolbypassrls
)
select
  pg_catalog.format('%I', a.rolname) as role,
  a.rolsuper as is_superuser,
  a.rolbypassrls as has_bypassrls,
  (select count(*) from secured) as secured_tables,
  owned.count as unforced_tables,
  owned.examples,
  array(
    select e.name from exempt as e
    where not a.rolsuper and e.oid <> a.oid and pg_catalog.pg_has_role(a.oid, e.oid,
      case when pg_catalog.current_setting('server_version_num')::int >= 160000
        then 'set' else 'member' end)
    order by 1
  ) as may_become
from pg_catalog.pg_roles as a
cross join lateral (
  select
    count(*) as count,
    coalesce((pg_catalog.array_agg(s.name order by s.oid))[1:3], '{}') as examples
  from secured as s
  where not s.relforcerowsecurity
    and not a.rolsuper
    and pg_catalog.pg_has_role(a.oid, s.relowner, 'usage')
) as owned
where a.rolname = any ($1::text[])
  and exists (select from secured)
order by a.rolname
