-- Files of pg_wal, and what may keep them there; since 14.
-- A slot keeps WAL from its restart_lsn on; a standby measures from what it has.
select
  w.files,
  w.size_bytes,
  pg_catalog.pg_size_bytes(pg_catalog.current_setting('max_wal_size')) as most_bytes,
  pg_catalog.pg_size_bytes(pg_catalog.current_setting('wal_keep_size')) as kept_bytes,
  coalesce(s.held_bytes, 0) as slot_bytes,
  s.slot_name::text as slot_name,
  coalesce(a.last_failed_time > coalesce(a.last_archived_time, '-infinity'), false)
    and pg_catalog.current_setting('archive_mode') <> 'off' as is_archiving_failing
from (
  select count(*) as files, coalesce(pg_catalog.sum(d.size), 0) as size_bytes
  from pg_catalog.pg_ls_waldir() as d
) as w
cross join pg_catalog.pg_stat_archiver as a
left join (
  select
    r.slot_name,
    pg_catalog.pg_wal_lsn_diff(
      case when pg_catalog.pg_is_in_recovery()
        then greatest(pg_catalog.pg_last_wal_receive_lsn(), pg_catalog.pg_last_wal_replay_lsn())
        else pg_catalog.pg_current_wal_lsn() end,
      r.restart_lsn
    ) as held_bytes
  from pg_catalog.pg_replication_slots as r
  where r.restart_lsn is not null
  order by r.restart_lsn
  limit 1
) as s on true
