-- Whether this standby replays, and how much it received meanwhile; since 14.
-- A receiver starts at the beginning of a segment, which may have been replayed already.
select
  pg_catalog.pg_get_wal_replay_pause_state() as state,
  greatest(
    pg_catalog.pg_wal_lsn_diff(
      pg_catalog.pg_last_wal_receive_lsn(), pg_catalog.pg_last_wal_replay_lsn()),
    0
  ) as waiting_bytes,
  (extract(epoch from pg_catalog.clock_timestamp()
    - pg_catalog.pg_last_xact_replay_timestamp()) * 1000)::float8 as commit_age_ms,
  pg_catalog.current_setting('recovery_target') <> ''
    or pg_catalog.current_setting('recovery_target_lsn') <> ''
    or pg_catalog.current_setting('recovery_target_name') <> ''
    or pg_catalog.current_setting('recovery_target_time') <> ''
    or pg_catalog.current_setting('recovery_target_xid') <> '' as has_target
