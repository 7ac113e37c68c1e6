-- Tables that have the tenant column but neither row security nor policies; since 14.
-- $1 the column, $2 roles of the applications.
with applications as materialized (
  select r.oid, pg_catalog.format('%I', r.rolname) as name
  from pg_catalog.pg_roles as r
  where r.rolname = any ($2::text[])
),
tenant_tables as materialized (
  select c.oid, n.nspname, c.relname, c.relkind, c.relowner, c.relacl, c.reltuples, c.relrowsecurity
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p')
    and c.relpersistence <> 't'
    and not c.relispartition
    and n.nspname not in ('pg_catalog', 'information_schema')
    and (
      select true from pg_catalog.pg_attribute as a
      where a.attrelid = c.oid and a.attname = $1::text and not a.attisdropped
    )
    and c.oid not in (
      select d.objid from pg_catalog.pg_depend as d
      where d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
        and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
        and d.deptype = 'e'
    )
)
select c.examined, f.*
from (select count(*) as examined from tenant_tables) as c
left join (
  select
    pg_catalog.format('%I.%I', t.nspname, t.relname) as table,
    pg_catalog.format('%I', o.rolname) as owner,
    greatest(t.reltuples, 0)::float8 as estimated_rows,
    array(
      select distinct w.name
      from pg_catalog.aclexplode(t.relacl) as g
      cross join lateral (
        select a.name from applications as a
        where g.grantee = 0 or pg_catalog.pg_has_role(a.oid, g.grantee, 'usage')
        union all
        select case when g.grantee = 0 then 'public' else (
          select pg_catalog.format('%I', r.rolname) from pg_catalog.pg_roles as r
          where r.oid = g.grantee
        ) end
        where pg_catalog.cardinality($2::text[]) = 0
      ) as w
      where g.grantee <> t.relowner
        and g.privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
      union
      select a.name from applications as a
      where pg_catalog.pg_has_role(a.oid, t.relowner, 'usage')
      order by 1
    ) as granted_to
  from tenant_tables as t
  join pg_catalog.pg_roles as o on o.oid = t.relowner
  where not t.relrowsecurity
    and not exists (select from pg_catalog.pg_policy as p where p.polrelid = t.oid)
    -- A child of a table with row security is what rls-partition-child looks at.
    and not exists (
      select from pg_catalog.pg_inherits as i
      join pg_catalog.pg_class as p on p.oid = i.inhparent
      where i.inhrelid = t.oid and p.relrowsecurity
    )
  order by t.reltuples desc, t.oid
  limit 100
) as f on true
