-- Counters of every database since its statistics were last reset; since 14.
select
  s.datname::text as database,
  s.stats_reset::text as reset_at,
  s.xact_commit as commits,
  s.xact_rollback as rollbacks,
  s.deadlocks,
  s.temp_files,
  s.temp_bytes,
  s.sessions,
  s.sessions_abandoned,
  s.sessions_fatal,
  s.sessions_killed
from pg_catalog.pg_stat_database as s
where s.datname is not null
