-- Counters of the statements whose texts match the declared patterns; since 14.
-- $1: patterns. Texts are matched here and never leave the server. White space counts as one blank,
-- because a statement may be written over many lines.
select
  p.number::int as pattern_number,
  pg_catalog.pg_get_userbyid(s.userid)::text as role,
  s.queryid::text as query_id,
  s.toplevel as is_top_level,
  s.calls,
  s.rows,
  s.total_exec_time as execution_ms,
  s.shared_blks_hit + s.shared_blks_read as blocks,
  s.temp_blks_written as temporary_blocks,
  pg_catalog.current_setting('block_size')::int as block_bytes
from (
  select t.*, pg_catalog.btrim(
    pg_catalog.regexp_replace(t.query, '\s+', ' ', 'g')) as folded_text
  from @extschema:pg_stat_statements@.pg_stat_statements(true) as t
  where t.queryid is not null and t.dbid = (
    select d.oid from pg_catalog.pg_database as d
    where d.datname = pg_catalog.current_database())
) as s
join pg_catalog.unnest($1::text[]) with ordinality as p (pattern, number)
  on s.folded_text ilike p.pattern
