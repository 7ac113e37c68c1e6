-- Tables with row security whose partitions or children are granted without it; since 14.
-- $1 roles of the applications.
with recursive applications as materialized (
  select r.oid, pg_catalog.format('%I', r.rolname) as name
  from pg_catalog.pg_roles as r
  where r.rolname = any ($1::text[]) and not r.rolsuper
),
descendants as (
  select c.oid as root, i.inhrelid as oid
  from pg_catalog.pg_class as c
  join pg_catalog.pg_inherits as i on i.inhparent = c.oid
  where c.relrowsecurity
  union
  select d.root, i.inhrelid
  from descendants as d
  join pg_catalog.pg_inherits as i on i.inhparent = d.oid
),
open as materialized (
  select
    d.root,
    pg_catalog.format('%I.%I', n.nspname, c.relname) as name,
    array(
      select distinct w.name
      from pg_catalog.aclexplode(c.relacl) as g
      cross join lateral (
        select a.name from applications as a
        where (g.grantee = 0 or pg_catalog.pg_has_role(a.oid, g.grantee, 'usage'))
          and not pg_catalog.pg_has_role(a.oid, c.relowner, 'usage')
        union all
        select case when g.grantee = 0 then 'public' else (
          select pg_catalog.format('%I', r.rolname) from pg_catalog.pg_roles as r
          where r.oid = g.grantee
        ) end
        where pg_catalog.cardinality($1::text[]) = 0
      ) as w
      where g.grantee <> c.relowner
        and g.privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE')
    ) as granted_to
  from descendants as d
  join pg_catalog.pg_class as c on c.oid = d.oid
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where not c.relrowsecurity and c.relacl is not null
)
select t.examined, f.*
from (select count(distinct d.oid) as examined from descendants as d) as t
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, c.relname) as table,
    c.relkind = 'p' as is_partitioned,
    (select count(*) from descendants as d where d.root = o.root) as children,
    o.count as open_children,
    o.examples,
    o.granted_to
  from (
    select
      open.root,
      count(distinct open.name) as count,
      (pg_catalog.array_agg(distinct open.name))[1:3] as examples,
      pg_catalog.array_agg(distinct grantee) as granted_to
    from open
    cross join pg_catalog.unnest(open.granted_to) as grantee
    group by open.root
  ) as o
  join pg_catalog.pg_class as c on c.oid = o.root
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  order by o.count desc, c.oid
  limit 100
) as f on true
