-- How far each receiver is behind this server, and this standby behind what it received; since 14.
-- replay_lag keeps its last value while nothing is sent, and the age of the last replayed commit
-- grows while the primary is idle: both mean something only where positions differ.
select
  'receiver' as kind,
  r.application_name,
  r.client_addr::text as client_address,
  r.state,
  coalesce(pg_catalog.pg_wal_lsn_diff(l.lsn, r.replay_lsn), 0) as behind_bytes,
  (extract(epoch from r.replay_lag) * 1000)::float8 as lag_ms,
  0::float8 as delay_ms
from pg_catalog.pg_stat_replication as r
cross join (
  select case when pg_catalog.pg_is_in_recovery() then pg_catalog.pg_last_wal_replay_lsn()
    else pg_catalog.pg_current_wal_lsn() end as lsn
) as l
where r.state in ('streaming', 'catchup') and r.replay_lsn is not null
union all
select
  'this standby',
  '',
  null,
  null,
  pg_catalog.pg_wal_lsn_diff(p.received, p.replayed),
  (extract(epoch from pg_catalog.clock_timestamp() - p.committed) * 1000)::float8,
  (extract(epoch from pg_catalog.current_setting('recovery_min_apply_delay')::pg_catalog.interval)
    * 1000)::float8
from (
  select
    pg_catalog.pg_last_wal_receive_lsn() as received,
    pg_catalog.pg_last_wal_replay_lsn() as replayed,
    pg_catalog.pg_last_xact_replay_timestamp() as committed
) as p
where pg_catalog.pg_is_in_recovery() and p.received is not null and p.replayed is not null
