-- Tables that inherit from tables that are not partitioned; since 14.
with child as materialized (
  select i.inhparent as parent, i.inhrelid as oid
  from pg_catalog.pg_inherits as i
  join pg_catalog.pg_class as p on p.oid = i.inhparent and p.relkind = 'r'
)
select total.examined, found.table_name, found.children, found.examples
from (
  select pg_catalog.count(*) as examined
  from pg_catalog.pg_class as c
  where c.relkind = 'r' and not c.relispartition and c.relpersistence <> 't' and c.oid >= 16384
) as total
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, c.relname) as table_name, k.children,
    array(
      select pg_catalog.format('%I.%I', en.nspname, e.relname)
      from child as x
      join pg_catalog.pg_class as e on e.oid = x.oid
      join pg_catalog.pg_namespace as en on en.oid = e.relnamespace
      where x.parent = k.parent
      order by e.relname, en.nspname
      limit 3
    ) as examples
  from (
    select child.parent, pg_catalog.count(*) as children from child group by child.parent
  ) as k
  join pg_catalog.pg_class as c on c.oid = k.parent
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where c.relpersistence <> 't'
    -- TimescaleDB keeps its chunks as children, and takes care of them.
    and not exists (
      select
      from child as x
      join pg_catalog.pg_class as e on e.oid = x.oid
      join pg_catalog.pg_namespace as en on en.oid = e.relnamespace
      where x.parent = k.parent and en.nspname = '_timescaledb_internal'
    )
  order by k.children desc, k.parent
  limit 100
) as found on true
order by found.children desc, found.table_name
