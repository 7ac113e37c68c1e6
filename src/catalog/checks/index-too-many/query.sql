-- Tables with more indexes than $1, with what was written to them; since 14.
with counted as materialized (
  select i.indrelid, pg_catalog.count(*) as indexes
  from pg_catalog.pg_index as i
  where i.indrelid >= 16384
    and i.indislive
  group by i.indrelid
)
select
  total.examined, found.table_name, found.indexes, found.row_writes, found.row_updates,
  found.hot_updates
from (select pg_catalog.count(*) as examined from counted) as total
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, c.relname) as table_name,
    t.indexes,
    pg_catalog.pg_stat_get_tuples_inserted(c.oid) + pg_catalog.pg_stat_get_tuples_updated(c.oid)
      as row_writes,
    pg_catalog.pg_stat_get_tuples_updated(c.oid) as row_updates,
    pg_catalog.pg_stat_get_tuples_hot_updated(c.oid) as hot_updates
  from counted as t
  join pg_catalog.pg_class as c on c.oid = t.indrelid
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where t.indexes > $1::int8
    and c.relpersistence <> 't'
    -- A partitioned table is told itself, and not again for each partition.
    and c.relkind in ('r', 'm', 'p')
    and not c.relispartition
  order by t.indexes desc, t.indrelid
  limit 100
) as found on true
order by found.indexes desc, found.table_name
