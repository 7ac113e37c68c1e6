-- Counters of every normalised statement of this database, without its text; since 14.
-- The share that is not of this database is left out: its statements are that target's business.
select
  pg_catalog.pg_get_userbyid(s.userid)::text as role,
  s.queryid::text as query_id,
  s.toplevel as is_top_level,
  s.calls,
  s.rows,
  s.total_exec_time as execution_ms,
  s.shared_blks_hit + s.shared_blks_read as blocks,
  s.temp_blks_written as temporary_blocks,
  pg_catalog.current_setting('block_size')::int as block_bytes
from @extschema:pg_stat_statements@.pg_stat_statements(false) as s
where s.queryid is not null and s.dbid = (
  select d.oid from pg_catalog.pg_database as d where d.datname = pg_catalog.current_database())
