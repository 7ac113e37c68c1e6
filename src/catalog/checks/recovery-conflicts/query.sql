-- Statements of a standby that recovery cancelled, by database and reason; since 14.
select
  c.datname::text as database,
  s.stats_reset::text as reset_at,
  c.confl_tablespace as tablespace,
  c.confl_lock as lock,
  c.confl_snapshot as snapshot,
  c.confl_bufferpin as bufferpin,
  c.confl_deadlock as deadlock,
  0::int8 as logical_slot
from pg_catalog.pg_stat_database_conflicts as c
join pg_catalog.pg_stat_database as s on s.datid = c.datid
