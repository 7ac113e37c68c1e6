-- Checkpoints that came by the clock and those asked for; up to 16 in pg_stat_bgwriter.
select
  b.checkpoints_timed as timed,
  b.checkpoints_req as requested,
  b.checkpoint_write_time as write_ms,
  b.stats_reset::text as stats_reset,
  pg_catalog.current_setting('max_wal_size') as max_wal_size,
  pg_catalog.current_setting('checkpoint_timeout') as checkpoint_timeout
from pg_catalog.pg_stat_bgwriter as b
