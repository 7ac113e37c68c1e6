-- Prepared transactions of the whole server with age and the locks they hold; since 14.
select
  p.gid,
  p.owner::text as owner,
  p.database::text as database,
  p.prepared::text as prepared_at,
  (extract(epoch from pg_catalog.clock_timestamp() - p.prepared) * 1000)::float8 as age_ms,
  pg_catalog.age(p.transaction) as age_xids,
  coalesce(l.locks, 0) as locks
from pg_catalog.pg_prepared_xacts as p
left join (
  -- A prepared transaction has no pid; the lock of its own id ties its other locks to it.
  select id.transactionid, pg_catalog.count(*) as locks
  from pg_catalog.pg_locks as id
  join pg_catalog.pg_locks as held
    on held.pid is null and held.virtualtransaction = id.virtualtransaction
  where id.pid is null
    and id.locktype = 'transactionid'
    and held.locktype in ('relation', 'tuple', 'advisory')
  group by id.transactionid
) as l on l.transactionid = p.transaction
order by p.prepared
limit 100
