-- Plain btree indexes of $1 bytes or more on a single boolean column; since 14.
with candidate as materialized (
  select i.indexrelid, i.indrelid, i.indkey[0] as number, c.relname, c.relnamespace, c.relpages
  from pg_catalog.pg_index as i
  join pg_catalog.pg_class as c on c.oid = i.indexrelid
  join pg_catalog.pg_am as m on m.oid = c.relam
  where i.indexrelid >= 16384
    and c.relkind = 'i'
    and c.relpages * pg_catalog.current_setting('block_size')::int8 >= $1::int8
    and i.indnatts = 1
    and i.indpred is null
    and not i.indisunique
    and not i.indisexclusion
    and i.indisvalid
    and c.relpersistence <> 't'
    and m.amname = 'btree'
)
select
  total.examined, found.index_name, found.table_name, found.column_name, found.size_bytes
from (select pg_catalog.count(*) as examined from candidate) as total
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, i.relname) as index_name,
    pg_catalog.format('%I.%I', n.nspname, t.relname) as table_name,
    -- Of the index's own column, which has a name for an expression too.
    a.attname::text as column_name,
    i.relpages * pg_catalog.current_setting('block_size')::int8 as size_bytes
  from candidate as i
  join pg_catalog.pg_attribute as a on a.attrelid = i.indexrelid and a.attnum = 1
  join pg_catalog.pg_class as t on t.oid = i.indrelid
  join pg_catalog.pg_namespace as n on n.oid = i.relnamespace
  where a.atttypid = 'pg_catalog.bool'::pg_catalog.regtype
  order by i.relpages desc, i.indexrelid
  limit 100
) as found on true
order by found.size_bytes desc, found.index_name
