-- Subscriptions of all databases, their apply workers and errors; 15 counts errors and may disable.
select
  s.subname::text as name,
  d.datname::text as database,
  s.subenabled as is_enabled,
  not s.subenabled and s.subdisableonerr and e.apply_error_count + e.sync_error_count > 0
    as is_disabled_by_error,
  w.pid is not null as has_worker,
  (extract(epoch from pg_catalog.clock_timestamp() - w.last_msg_receipt_time) * 1000)::float8
    as silent_ms,
  e.apply_error_count as apply_errors,
  e.sync_error_count as sync_errors
from pg_catalog.pg_subscription as s
join pg_catalog.pg_database as d on d.oid = s.subdbid
left join pg_catalog.pg_stat_subscription as w on w.subid = s.oid and w.relid is null
left join pg_catalog.pg_stat_subscription_stats as e on e.subid = s.oid
