-- Every session and background process but our own, with ages in milliseconds; since 14.
-- The lock table is read, and pg_blocking_pids asked, only where somebody waits for a lock: both
-- hold up the lock manager for a moment. To pg_blocking_pids a prepared transaction is pid 0: its
-- name is found by the lock it holds, in a mode that conflicts with the mode that is waited for.
with activity as materialized (
  select
    s.pid, s.leader_pid, s.backend_start, s.backend_type, s.usesysid, s.usename, s.datname,
    s.application_name, s.client_addr, s.state, s.wait_event_type, s.wait_event, s.xact_start,
    s.query_start, s.state_change, s.backend_xid, s.backend_xmin, s.query
  from pg_catalog.pg_stat_activity as s
  where s.pid <> pg_catalog.pg_backend_pid()
    and s.application_name is distinct from pg_catalog.current_setting('application_name')
    and s.backend_start is not null
),
blocked as materialized (
  select s.pid, pg_catalog.pg_blocking_pids(s.pid) as blocked_by
  from activity as s
  where s.wait_event_type = 'Lock'
),
locks as materialized (
  select
    l.pid, l.virtualtransaction, l.granted, l.locktype, l.mode, l.waitstart, l.database, l.relation,
    l.transactionid,
    -- Every lock type fills the same columns each time, so the text is as good as the columns.
    pg_catalog.concat_ws(' ', l.locktype, l.database, l.relation, l.page, l.tuple, l.virtualxid,
      l.transactionid, l.classid, l.objid, l.objsubid) as target
  from pg_catalog.pg_locks as l
  where (select pg_catalog.count(*) > 0 from blocked)
    and (not l.granted or l.pid is null or l.locktype = 'tuple')
),
-- The manual's table "Conflicting Lock Modes", the modes numbered as the server does.
modes (name, level, conflicts) as (
  values
    ('AccessShareLock', '1', '8'),
    ('RowShareLock', '2', '78'),
    ('RowExclusiveLock', '3', '5678'),
    ('ShareUpdateExclusiveLock', '4', '45678'),
    ('ShareLock', '5', '34678'),
    ('ShareRowExclusiveLock', '6', '345678'),
    ('ExclusiveLock', '7', '2345678'),
    ('AccessExclusiveLock', '8', '12345678')
),
-- Every transaction with an id holds the lock of that id: it ties a prepared one to its name.
prepared as (
  select w.pid, pg_catalog.array_agg(distinct p.gid) as gids
  from locks as w
  join modes as wanted on wanted.name = w.mode
  join locks as h on h.pid is null and h.granted and h.target = w.target
  join modes as held on held.name = h.mode
  join locks as id on id.pid is null and id.virtualtransaction = h.virtualtransaction
    and id.locktype = 'transactionid'
  join pg_catalog.pg_prepared_xacts as p on p.transaction = id.transactionid
  where not w.granted
    and pg_catalog.strpos(held.conflicts, wanted.level) > 0
  group by w.pid
),
-- Who waits for a row holds the row's tuple lock while waiting for the other's transaction id.
tuples as (
  select l.pid, pg_catalog.min(l.database) as database, pg_catalog.min(l.relation) as relation
  from locks as l
  where l.granted and l.locktype = 'tuple'
  group by l.pid
),
waits as (
  select
    w.pid, w.locktype, w.mode, w.waitstart,
    coalesce(w.database, u.database) as database,
    coalesce(w.relation, u.relation) as relation
  from locks as w
  left join tuples as u on u.pid = w.pid and w.locktype = 'transactionid'
  where not w.granted
)
select
  a.pid,
  a.leader_pid,
  a.backend_start::text as backend_start,
  coalesce(a.backend_type, 'unknown') as backend_type,
  a.usename::text as role,
  a.datname::text as database,
  coalesce(a.datname = pg_catalog.current_database(), false) as is_here,
  coalesce(a.application_name, '') as application,
  a.client_addr::text as client_address,
  a.state,
  a.wait_event_type,
  a.wait_event,
  (extract(epoch from t.now - a.xact_start) * 1000)::float8 as transaction_age_ms,
  (extract(epoch from t.now - a.query_start) * 1000)::float8 as query_age_ms,
  (extract(epoch from t.now - a.state_change) * 1000)::float8 as state_age_ms,
  (extract(epoch from t.now - a.backend_start) * 1000)::float8 as session_age_ms,
  a.backend_xid is not null as has_xid,
  a.backend_xid is not null or a.backend_xmin is not null as holds_horizon,
  coalesce(b.blocked_by, '{}') as blocked_by,
  coalesce(p.gids, '{}') as prepared_blockers,
  w.locktype as wait_lock,
  w.mode as wait_mode,
  -- The name of a relation can be told only in its own database; shared relations have none.
  case when w.database in (0, d.oid) then w.relation::pg_catalog.regclass::text end
    as wait_relation,
  (extract(epoch from t.now - w.waitstart) * 1000)::float8 as wait_age_ms,
  coalesce(r.rolsuper, false) as is_superuser,
  coalesce(a.query, '') as statement
from activity as a
cross join (select pg_catalog.clock_timestamp() as now) as t
join pg_catalog.pg_database as d on d.datname = pg_catalog.current_database()
left join blocked as b on b.pid = a.pid
left join waits as w on w.pid = a.pid
left join prepared as p on p.pid = a.pid
left join pg_catalog.pg_roles as r on r.oid = a.usesysid
