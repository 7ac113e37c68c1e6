-- Tables most changed since their last analyze, beyond what autovacuum lets them; since 14.
-- A limit that even a change of every row would not reach, or autovacuum off for the table, is no
-- limit: then $1 percent alone decide.
with settings as materialized (
  select
    pg_catalog.current_setting('autovacuum_analyze_threshold')::float8 as threshold,
    pg_catalog.current_setting('autovacuum_analyze_scale_factor')::float8 as scale
),
tables as materialized (
  select
    r.relnamespace,
    r.relname,
    r.reltuples,
    r.reloptions,
    greatest(r.reltuples, 1) as known_rows,
    pg_catalog.pg_stat_get_mod_since_analyze(r.oid) as changed_rows,
    greatest(pg_catalog.pg_stat_get_last_analyze_time(r.oid),
      pg_catalog.pg_stat_get_last_autoanalyze_time(r.oid)) as last_analyze
  from pg_catalog.pg_class as r
  where r.relkind in ('r', 'm') and r.relpersistence <> 't' and r.relnamespace not in (
    'pg_catalog'::pg_catalog.regnamespace, 'information_schema'::pg_catalog.regnamespace)
),
-- Few tables have changed so much, so only their options are read.
candidates as materialized (
  select
    t.relnamespace,
    t.relname,
    t.known_rows,
    t.changed_rows,
    t.last_analyze,
    coalesce(o.enabled, true) as is_enabled,
    coalesce(o.threshold, s.threshold)
      + coalesce(o.scale, s.scale) * greatest(t.reltuples, 0) as limit_rows
  from tables as t
  cross join settings as s
  cross join lateral (
    select
      max(x.option_value) filter (where x.option_name = 'autovacuum_enabled')::boolean as enabled,
      max(x.option_value) filter (where x.option_name = 'autovacuum_analyze_threshold')::float8
        as threshold,
      max(x.option_value) filter (where x.option_name = 'autovacuum_analyze_scale_factor')::float8
        as scale
    from pg_catalog.pg_options_to_table(t.reloptions) as x
  ) as o
  where t.changed_rows > $1::float8 / 100 * t.known_rows
    and t.changed_rows >= $2::float8
    and t.last_analyze <= pg_catalog.clock_timestamp() - $3::float8 * interval '1 millisecond'
)
select c.examined, f.object, f.known_rows, f.changed_rows, f.changed_percent, f.limit_rows,
  f.last_analyze_age_ms
from (select count(*) filter (where t.last_analyze is not null) as examined from tables as t) as c
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, t.relname) as object,
    t.known_rows,
    t.changed_rows,
    100.0::float8 * t.changed_rows / t.known_rows as changed_percent,
    case when t.is_enabled then t.limit_rows end as limit_rows,
    (extract(epoch from pg_catalog.clock_timestamp() - t.last_analyze) * 1000)::float8
      as last_analyze_age_ms
  from candidates as t
  join pg_catalog.pg_namespace as n on n.oid = t.relnamespace
  where t.changed_rows > t.limit_rows or t.limit_rows > t.known_rows or not t.is_enabled
  order by t.changed_rows desc
  limit 100
) as f on true
