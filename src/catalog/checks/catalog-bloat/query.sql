-- Dead rows of the system catalogs of this database, and their sizes; since 14.
-- $1 rows from which a catalog is shown, $2 bytes.
with catalogs as (
  select r.oid, r.relname, r.reltuples,
    r.relpages * pg_catalog.current_setting('block_size')::float8 as size_bytes,
    pg_catalog.pg_stat_get_dead_tuples(r.oid) as dead_rows,
    pg_catalog.pg_stat_get_live_tuples(r.oid) as live_rows
  from pg_catalog.pg_class as r
  where r.relkind = 'r' and r.relnamespace = 'pg_catalog'::pg_catalog.regnamespace
)
select c.examined, f.object, f.size_bytes, f.dead_rows, f.live_rows, f.bytes_per_row
from (select count(*) as examined from catalogs) as c
left join (
  select 'pg_catalog.' || k.relname as object, k.size_bytes, k.dead_rows, k.live_rows,
    case when k.reltuples >= 0
      then k.size_bytes / greatest(k.reltuples, k.live_rows, 1) end as bytes_per_row
  from catalogs as k
  where k.dead_rows >= $1::float8 or k.size_bytes >= $2::float8
  order by k.size_bytes desc, k.dead_rows desc
  limit 100
) as f on true
