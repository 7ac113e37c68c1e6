-- Tables in which dead rows are a large share of all rows; since 14.
with tables as materialized (
  select r.oid, r.relname, r.relnamespace, pg_catalog.pg_stat_get_dead_tuples(r.oid) as dead_rows
  from pg_catalog.pg_class as r
  where r.relkind in ('r', 'm') and r.relpersistence <> 't' and r.relnamespace not in (
    'pg_catalog'::pg_catalog.regnamespace, 'information_schema'::pg_catalog.regnamespace)
),
candidates as materialized (
  select t.oid, t.relname, t.relnamespace, t.dead_rows,
    pg_catalog.pg_stat_get_live_tuples(t.oid) as live_rows
  from tables as t
  where t.dead_rows > 0 and t.dead_rows >= $1::float8
)
select c.examined, f.object, f.dead_rows, f.live_rows, f.dead_percent, f.last_vacuum_age_ms
from (select count(*) as examined from tables) as c
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, t.relname) as object,
    t.dead_rows,
    t.live_rows,
    100.0::float8 * t.dead_rows / (t.live_rows + t.dead_rows) as dead_percent,
    (extract(epoch from pg_catalog.clock_timestamp() - greatest(
      pg_catalog.pg_stat_get_last_vacuum_time(t.oid),
      pg_catalog.pg_stat_get_last_autovacuum_time(t.oid))) * 1000)::float8 as last_vacuum_age_ms
  from candidates as t
  join pg_catalog.pg_namespace as n on n.oid = t.relnamespace
  where 100.0::float8 * t.dead_rows / (t.live_rows + t.dead_rows) >= $2::float8
  order by t.dead_rows desc
  limit 100
) as f on true
