-- Tables whose indexes take $1 bytes or more and $2 times the space of the rows; since 14.
-- Rows include what is kept in TOAST. Sizes are those of the last vacuum or analyze.
with recursive sized as materialized (
  select i.indrelid, pg_catalog.sum(c.relpages) as index_pages, pg_catalog.count(*) as indexes
  from pg_catalog.pg_index as i
  join pg_catalog.pg_class as c on c.oid = i.indexrelid
  where i.indrelid >= 16384
    and c.relkind = 'i'
  group by i.indrelid
),
partition as (
  select c.oid as root, c.oid as member
  from pg_catalog.pg_class as c
  where c.relkind = 'p'
    and not c.relispartition
  union all
  select p.root, h.inhrelid
  from partition as p
  join pg_catalog.pg_inherits as h on h.inhparent = p.member
),
-- Partitions are added up at the root.
grouped as materialized (
  select
    coalesce(p.root, c.oid) as root, pg_catalog.sum(s.index_pages) as index_pages,
    pg_catalog.sum(c.relpages + coalesce(t.relpages, 0)) as table_pages,
    pg_catalog.max(s.indexes) as indexes
  from sized as s
  join pg_catalog.pg_class as c on c.oid = s.indrelid
  left join pg_catalog.pg_class as t on t.oid = c.reltoastrelid
  left join partition as p on p.member = c.oid
  where c.relkind in ('r', 'm')
    and c.relpersistence <> 't'
  group by coalesce(p.root, c.oid)
)
select
  total.examined, found.table_name, found.indexes, found.index_size_bytes, found.table_size_bytes
from (
  select pg_catalog.count(*) as examined
  from grouped as g
  where g.index_pages * pg_catalog.current_setting('block_size')::int8 >= $1::int8
) as total
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, c.relname) as table_name,
    g.indexes,
    g.index_pages * pg_catalog.current_setting('block_size')::int8 as index_size_bytes,
    g.table_pages * pg_catalog.current_setting('block_size')::int8 as table_size_bytes
  from grouped as g
  join pg_catalog.pg_class as c on c.oid = g.root
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where g.index_pages * pg_catalog.current_setting('block_size')::int8 >= $1::int8
    and g.index_pages > g.table_pages * $2::float8
  order by g.index_pages desc, g.root
  limit 100
) as found on true
order by found.index_size_bytes desc, found.table_name
