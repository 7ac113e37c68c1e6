-- Schemas in which every role may create objects; since 14.
with schemas as materialized (
  select n.oid, n.nspname, n.nspowner, n.nspacl
  from pg_catalog.pg_namespace as n
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
)
select c.examined, f.*
from (select count(*) as examined from schemas) as c
left join (
  select
    pg_catalog.format('%I', s.nspname) as schema,
    pg_catalog.format('%I', o.rolname) as owner
  from schemas as s
  join pg_catalog.pg_roles as o on o.oid = s.nspowner
  where exists (
    select from pg_catalog.aclexplode(s.nspacl) as g
    where g.grantee = 0 and g.privilege_type = 'CREATE'
  )
  order by s.nspname = 'public' desc, s.oid
  limit 100
) as f on true
