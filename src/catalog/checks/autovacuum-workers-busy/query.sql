-- How many autovacuum workers are at work, and for how long the youngest has been; since 14.
select
  pg_catalog.current_setting('autovacuum_max_workers')::int as allowed,
  count(w.pid) as busy,
  coalesce(min(w.age_ms), 0)::float8 as youngest_ms,
  coalesce(max(w.age_ms), 0)::float8 as oldest_ms,
  coalesce(pg_catalog.array_agg(w.task order by w.age_ms desc), '{}')::text[] as tasks
from (
  select s.pid, s.query as task,
    extract(epoch from pg_catalog.clock_timestamp() - s.backend_start) * 1000 as age_ms
  from pg_catalog.pg_stat_activity as s
  where s.backend_type = 'autovacuum worker'
) as w
where pg_catalog.current_setting('autovacuum')::boolean
having pg_catalog.current_setting('autovacuum')::boolean
