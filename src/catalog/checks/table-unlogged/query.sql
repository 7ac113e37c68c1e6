-- Unlogged tables; since 14.
-- $1 names of tables that may be.
with made as materialized (
  select c.oid, c.relname, c.relnamespace, c.relpersistence, c.reltuples, c.relpages
  from pg_catalog.pg_class as c
  where c.relkind = 'r' and c.relpersistence <> 't' and c.oid >= 16384
)
select total.examined, found.table_name, found.row_count, found.size_bytes
from (select pg_catalog.count(*) as examined from made) as total
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, m.relname) as table_name,
    greatest(m.reltuples, 0)::float8 as row_count,
    m.relpages * pg_catalog.current_setting('block_size')::int8 as size_bytes
  from made as m
  join pg_catalog.pg_namespace as n on n.oid = m.relnamespace
  where m.relpersistence = 'u'
    and pg_catalog.format('%I.%I', n.nspname, m.relname) <> all ($1::text[])
    and not exists (
      select
      from pg_catalog.pg_depend as d
      where d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
        and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
        and d.objid = m.oid
    )
  order by m.reltuples desc, m.oid
  limit 100
) as found on true
order by found.row_count desc, found.table_name
