-- Settings and counters of the archiver, and the physical receivers of WAL; since 14.
-- A base backup streams too, but only for as long as it runs.
-- archive_command reads "(disabled)" while archive_mode is off; archive_library came with 15.
select
  m.mode,
  pg_catalog.current_setting('archive_command') not in ('', '(disabled)')
    or coalesce(pg_catalog.current_setting('archive_library', true), '') <> '' as has_method,
  m.mode = 'always' or (m.mode = 'on' and not pg_catalog.pg_is_in_recovery()) as is_active,
  (extract(epoch from pg_catalog.current_setting('archive_timeout')::pg_catalog.interval) * 1000)
    ::float8 as timeout_ms,
  a.archived_count,
  a.failed_count,
  (extract(epoch from t.now - a.last_archived_time) * 1000)::float8 as last_archived_age_ms,
  (extract(epoch from t.now - a.last_failed_time) * 1000)::float8 as last_failed_age_ms,
  a.last_failed_wal,
  array(
    select r.application_name
    from pg_catalog.pg_stat_replication as r
    left join pg_catalog.pg_replication_slots as s on s.active_pid = r.pid
    where r.state = 'streaming' and s.slot_type is distinct from 'logical'
      and r.application_name <> 'pg_basebackup'
    order by r.application_name
    limit 100
  )::text[] as receivers
from pg_catalog.pg_stat_archiver as a
cross join (select pg_catalog.current_setting('archive_mode') as mode) as m
cross join (select pg_catalog.clock_timestamp() as now) as t
