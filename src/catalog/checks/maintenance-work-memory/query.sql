-- The largest table or materialized view of $1 bytes or more by its last known pages; since 14.
-- Objects that initdb made have object identifiers below 16384. The inner select is evaluated once,
-- not for every row of pg_class.
select c.examined, f.memory_bytes, f.autovacuum_bytes, f.name, f.table_bytes, f.rows
from (
  select
    case when exists (
      select from pg_catalog.pg_class as c where c.oid >= 16384 and c.relkind in ('r', 'm')
    ) then 1 else 0 end as examined
) as c
left join (
  select
    pg_catalog.pg_size_bytes(pg_catalog.current_setting('maintenance_work_mem')) as memory_bytes,
    pg_catalog.pg_size_bytes(pg_catalog.current_setting('autovacuum_work_mem'))
      as autovacuum_bytes,
    pg_catalog.format('%I.%I', n.nspname, t.relname) as name,
    t.relpages::int8 * pg_catalog.current_setting('block_size')::int8 as table_bytes,
    t.reltuples::float8 as rows
  from (
    select c.relname, c.relnamespace, c.relpages, c.reltuples
    from pg_catalog.pg_class as c
    where c.relpages >= (select $1::float8 / pg_catalog.current_setting('block_size')::float8)
      and c.oid >= 16384 and c.relkind in ('r', 'm') and c.relpersistence <> 't'
    order by c.relpages desc
    limit 1
  ) as t
  join pg_catalog.pg_namespace as n on n.oid = t.relnamespace
) as f on true
