-- Tables with rows that were never analyzed; since 14.
-- A reset of the counters or a crash forgets when a table was analyzed. Then fewer rows were
-- changed than the table had at its last vacuum, analyze or index build (reltuples): left out.
with tables as (
  select r.oid, r.relname, r.relnamespace, r.reltuples,
    pg_catalog.pg_stat_get_live_tuples(r.oid) as live_rows,
    pg_catalog.pg_stat_get_mod_since_analyze(r.oid) as changed_rows
  from pg_catalog.pg_class as r
  where r.relkind in ('r', 'm') and r.relpersistence <> 't' and r.relnamespace not in (
    'pg_catalog'::pg_catalog.regnamespace, 'information_schema'::pg_catalog.regnamespace)
)
select c.examined, f.object, f.live_rows
from (select count(*) filter (where t.live_rows > 0 or t.reltuples > 0) as examined
  from tables as t) as c
left join (
  select pg_catalog.format('%I.%I', n.nspname, t.relname) as object, t.live_rows
  from tables as t
  join pg_catalog.pg_namespace as n on n.oid = t.relnamespace
  where t.live_rows > 0 and t.live_rows >= $1::float8
    and t.changed_rows >= t.reltuples
    and pg_catalog.pg_stat_get_last_analyze_time(t.oid) is null
    and pg_catalog.pg_stat_get_last_autoanalyze_time(t.oid) is null
  order by t.live_rows desc
  limit 100
) as f on true
