-- Blocks that this database read, and the time it took; since 14.
select
  d.blks_read as blocks,
  d.blk_read_time as read_ms,
  d.stats_reset::text as stats_reset,
  s.reset_val::float8 as random_page_cost,
  t.reset_val = 'on' as is_timed
from pg_catalog.pg_stat_database as d
cross join pg_catalog.pg_settings as s
cross join pg_catalog.pg_settings as t
where d.datname = pg_catalog.current_database()
  and s.name = 'random_page_cost'
  and t.name = 'track_io_timing'
