-- Objects in the shared lock table, the room there is, and who holds most of it; since 14.
-- Locks on the fast path lie elsewhere, and so do the SIRead locks of serializable transactions.
with held as materialized (
  select
    l.pid,
    pg_catalog.concat_ws(' ', l.locktype, l.database, l.relation, l.page, l.tuple, l.virtualxid,
      l.transactionid, l.classid, l.objid, l.objsubid) as target
  from pg_catalog.pg_locks as l
  where not l.fastpath
    and l.mode <> 'SIReadLock'
),
holder as (
  select h.pid, pg_catalog.count(distinct h.target) as objects
  from held as h
  where h.pid is not null
  group by h.pid
  order by 2 desc
  limit 1
)
select
  (select pg_catalog.count(distinct h.target) from held as h) as objects,
  pg_catalog.current_setting('max_locks_per_transaction')::int as max_locks_per_transaction,
  pg_catalog.current_setting('max_connections')::int as max_connections,
  pg_catalog.current_setting('max_prepared_transactions')::int as max_prepared_transactions,
  holder.pid as holder_pid,
  coalesce(holder.objects, 0) as holder_objects,
  coalesce(a.application_name, '') as holder_application,
  a.usename::text as holder_role
from (values (1)) as one (row)
left join holder on true
left join pg_catalog.pg_stat_activity as a on a.pid = holder.pid
