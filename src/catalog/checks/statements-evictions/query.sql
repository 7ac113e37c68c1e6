-- How often pg_stat_statements forgot statements for want of room; since 14.
select
  i.dealloc as evictions,
  i.stats_reset::text as reset_at,
  pg_catalog.current_setting('pg_stat_statements.max')::int as max_statements
from @extschema:pg_stat_statements@.pg_stat_statements_info as i
