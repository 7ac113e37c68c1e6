-- Tables with more dead rows than autovacuum lets them have, by their own settings; since 14.
-- autovacuum_vacuum_max_threshold caps the limit from 18 on and is absent before.
with settings as materialized (
  select
    pg_catalog.current_setting('autovacuum_vacuum_threshold')::float8 as threshold,
    pg_catalog.current_setting('autovacuum_vacuum_scale_factor')::float8 as scale,
    pg_catalog.current_setting('autovacuum_vacuum_max_threshold', true)::float8 as cap
),
tables as materialized (
  select
    r.oid,
    r.relnamespace,
    r.relname,
    r.reltuples,
    r.reloptions,
    pg_catalog.pg_stat_get_dead_tuples(r.oid) as dead_rows
  from pg_catalog.pg_class as r
  where r.relkind in ('r', 'm') and r.relpersistence <> 't' and r.relnamespace not in (
    'pg_catalog'::pg_catalog.regnamespace, 'information_schema'::pg_catalog.regnamespace)
),
-- Few tables have so many dead rows, so only their options and times are read.
candidates as materialized (
  select
    t.relnamespace,
    t.relname,
    t.dead_rows,
    least(
      coalesce(o.threshold, s.threshold)
        + coalesce(o.scale, s.scale) * greatest(t.reltuples, 0),
      nullif(coalesce(o.cap, s.cap), -1)
    ) as limit_rows,
    greatest(pg_catalog.pg_stat_get_last_vacuum_time(t.oid),
      pg_catalog.pg_stat_get_last_autovacuum_time(t.oid)) as last_vacuum
  from tables as t
  cross join settings as s
  cross join lateral (
    select
      max(x.option_value) filter (where x.option_name = 'autovacuum_vacuum_threshold')::float8
        as threshold,
      max(x.option_value) filter (where x.option_name = 'autovacuum_vacuum_scale_factor')::float8
        as scale,
      max(x.option_value) filter (where x.option_name = 'autovacuum_vacuum_max_threshold')::float8
        as cap
    from pg_catalog.pg_options_to_table(t.reloptions) as x
  ) as o
  where t.dead_rows >= $2::float8
)
select c.examined, f.object, f.dead_rows, f.limit_rows, f.last_vacuum_age_ms
from (select count(*) as examined from tables) as c
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, t.relname) as object,
    t.dead_rows,
    t.limit_rows,
    (extract(epoch from pg_catalog.clock_timestamp() - t.last_vacuum) * 1000)::float8
      as last_vacuum_age_ms
  from candidates as t
  join pg_catalog.pg_namespace as n on n.oid = t.relnamespace
  where t.dead_rows > t.limit_rows * $1::float8
    and (t.last_vacuum is null
      or t.last_vacuum <= pg_catalog.clock_timestamp() - $3::float8 * interval '1 millisecond')
  order by t.dead_rows desc
  limit 100
) as f on true
