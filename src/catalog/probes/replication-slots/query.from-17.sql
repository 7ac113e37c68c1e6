-- Replication slots that outlive their session, and the WAL each keeps; since 17.
-- A standby measures from what it has. A synced slot of a standby is unused by design.
select
  s.slot_name::text as slot_name,
  s.slot_type,
  s.database::text as database,
  s.active as is_active,
  (extract(epoch from pg_catalog.clock_timestamp() - s.inactive_since) * 1000)::float8
    as inactive_age_ms,
  s.restart_lsn is not null or s.wal_status is not null as was_used,
  coalesce(pg_catalog.pg_wal_lsn_diff(l.lsn, s.restart_lsn), 0) as retained_bytes,
  s.wal_status,
  s.safe_wal_size as safe_bytes,
  s.invalidation_reason,
  s.synced as is_synced,
  pg_catalog.pg_size_bytes(pg_catalog.current_setting('max_slot_wal_keep_size')) as limit_bytes
from pg_catalog.pg_replication_slots as s
cross join (
  select case when pg_catalog.pg_is_in_recovery()
    then greatest(pg_catalog.pg_last_wal_receive_lsn(), pg_catalog.pg_last_wal_replay_lsn())
    else pg_catalog.pg_current_wal_lsn() end as lsn
) as l
where not s.temporary
