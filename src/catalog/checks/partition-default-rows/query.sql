-- Default partitions that hold rows, by statistics; since 14.
-- $1 is the number of rows from which one is told.
with recursive defaults as (
  select t.partrelid as root, t.partdefid as oid, t.partstrat
  from pg_catalog.pg_partitioned_table as t
  where t.partdefid <> 0
),
-- A default partition can have partitions of its own.
member as (
  select d.oid as partition, d.oid
  from defaults as d
  union all
  select m.partition, i.inhrelid
  from member as m
  join pg_catalog.pg_inherits as i on i.inhparent = m.oid
),
counted as (
  select
    m.partition,
    -- Vacuum's count may be older than the rows, and counters are lost in a crash.
    pg_catalog.sum(
      greatest(c.reltuples, pg_catalog.pg_stat_get_live_tuples(c.oid), 0)
    )::float8 as row_count
  from member as m
  join pg_catalog.pg_class as c on c.oid = m.oid
  where c.relkind = 'r'
  group by m.partition
)
select total.examined, found.partition_name, found.table_name, found.strategy, found.row_count
from (select pg_catalog.count(*) as examined from defaults) as total
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, c.relname) as partition_name,
    pg_catalog.format('%I.%I', rn.nspname, r.relname) as table_name,
    d.partstrat::text as strategy, k.row_count
  from defaults as d
  join counted as k on k.partition = d.oid
  join pg_catalog.pg_class as c on c.oid = d.oid
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  join pg_catalog.pg_class as r on r.oid = d.root
  join pg_catalog.pg_namespace as rn on rn.oid = r.relnamespace
  where k.row_count >= greatest($1::float8, 1)
  order by k.row_count desc, d.oid
  limit 100
) as found on true
order by found.row_count desc, found.partition_name
