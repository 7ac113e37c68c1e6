-- Tables with more rows inserted since their last vacuum than autovacuum lets pass; since 14.
with settings as materialized (
  select
    pg_catalog.current_setting('autovacuum_vacuum_insert_threshold')::float8 as threshold,
    pg_catalog.current_setting('autovacuum_vacuum_insert_scale_factor')::float8 as scale
),
tables as materialized (
  select
    r.oid,
    r.relnamespace,
    r.relname,
    pg_catalog.pg_stat_get_ins_since_vacuum(r.oid) as inserted_rows,
    case when coalesce(o.threshold, s.threshold) >= 0
      then coalesce(o.threshold, s.threshold)
        + coalesce(o.scale, s.scale) * greatest(r.reltuples, 0)
    end as limit_rows
  from pg_catalog.pg_class as r
  cross join settings as s
  -- Nearly all tables have no options of their own, and for those nothing is opened.
  cross join lateral (
    select
      max(x.option_value)
        filter (where x.option_name = 'autovacuum_vacuum_insert_threshold')::float8 as threshold,
      max(x.option_value)
        filter (where x.option_name = 'autovacuum_vacuum_insert_scale_factor')::float8 as scale
    from pg_catalog.pg_options_to_table(r.reloptions) as x
    where r.reloptions is not null
  ) as o
  where r.relkind in ('r', 'm') and r.relpersistence <> 't' and r.relnamespace not in (
    'pg_catalog'::pg_catalog.regnamespace, 'information_schema'::pg_catalog.regnamespace)
),
candidates as materialized (
  select t.relnamespace, t.relname, t.inserted_rows, t.limit_rows,
    greatest(pg_catalog.pg_stat_get_last_vacuum_time(t.oid),
      pg_catalog.pg_stat_get_last_autovacuum_time(t.oid)) as last_vacuum
  from tables as t
  where t.inserted_rows > t.limit_rows * $1::float8 and t.inserted_rows >= $2::float8
)
select c.examined, f.object, f.inserted_rows, f.limit_rows, f.last_vacuum_age_ms
from (select count(*) filter (where t.limit_rows is not null) as examined from tables as t) as c
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, t.relname) as object,
    t.inserted_rows,
    t.limit_rows,
    (extract(epoch from pg_catalog.clock_timestamp() - t.last_vacuum) * 1000)::float8
      as last_vacuum_age_ms
  from candidates as t
  join pg_catalog.pg_namespace as n on n.oid = t.relnamespace
  where t.last_vacuum is null
    or t.last_vacuum <= pg_catalog.clock_timestamp() - $3::float8 * interval '1 millisecond'
  order by t.inserted_rows desc
  limit 100
) as f on true
