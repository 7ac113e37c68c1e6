-- Blocks that each database found in shared buffers or had to ask the system for; since 14.
select
  s.datname::text as database,
  s.stats_reset::text as reset_at,
  s.blks_hit as hit_blocks,
  s.blks_read as read_blocks
from pg_catalog.pg_stat_database as s
where s.datname is not null
