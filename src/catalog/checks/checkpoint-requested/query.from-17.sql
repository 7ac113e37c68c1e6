-- Checkpoints that came by the clock and those asked for; since 17 in a view of their own.
select
  c.num_timed as timed,
  c.num_requested as requested,
  c.write_time as write_ms,
  c.stats_reset::text as stats_reset,
  pg_catalog.current_setting('max_wal_size') as max_wal_size,
  pg_catalog.current_setting('checkpoint_timeout') as checkpoint_timeout
from pg_catalog.pg_stat_checkpointer as c
