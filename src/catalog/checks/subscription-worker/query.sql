-- Subscriptions of all databases and their apply workers; 14.
select
  s.subname::text as name,
  d.datname::text as database,
  s.subenabled as is_enabled,
  false as is_disabled_by_error,
  w.pid is not null as has_worker,
  (extract(epoch from pg_catalog.clock_timestamp() - w.last_msg_receipt_time) * 1000)::float8
    as silent_ms,
  null::int8 as apply_errors,
  null::int8 as sync_errors
from pg_catalog.pg_subscription as s
join pg_catalog.pg_database as d on d.oid = s.subdbid
left join pg_catalog.pg_stat_subscription as w on w.subid = s.oid and w.relid is null
