-- Since when the counters of this database count; since 14.
-- A crash throws all statistics away and stamps the shared ones, not those of a database: the
-- oldest of several shared stamps is that moment, or the first start of the cluster.
select
  pg_catalog.current_database()::text as database,
  g.since::text as since,
  (extract(epoch from pg_catalog.clock_timestamp() - g.since) * 1000)::float8 as age_ms
from (
  select
    greatest(
      d.stats_reset,
      least(b.stats_reset, a.stats_reset, w.stats_reset)
    ) as since
  from pg_catalog.pg_stat_database as d
  cross join pg_catalog.pg_stat_bgwriter as b
  cross join pg_catalog.pg_stat_archiver as a
  cross join pg_catalog.pg_stat_wal as w
  where d.datname = pg_catalog.current_database()
) as g
where g.since is not null
