-- Whether this standby is told to stream, and does; since 14.
-- Of primary_conninfo only whether it is set: it may hold a password.
select
  pg_catalog.current_setting('primary_conninfo') <> '' as is_configured,
  pg_catalog.current_setting('restore_command') <> '' as has_restore_command,
  w.status,
  w.sender_host,
  w.slot_name::text as slot_name,
  (extract(epoch from pg_catalog.clock_timestamp() - w.last_msg_receipt_time) * 1000)::float8
    as silent_ms
from (select) as one
left join pg_catalog.pg_stat_wal_receiver as w on true
