-- Partitions whose concurrent detaching was begun and not finished; since 14.
with here as (
  select d.oid
  from pg_catalog.pg_database as d
  where d.datname = pg_catalog.current_database()
)
select total.examined, found.partition_name, found.table_name
from (
  select pg_catalog.count(*) as examined
  from pg_catalog.pg_inherits as i
  join pg_catalog.pg_partitioned_table as t on t.partrelid = i.inhparent
) as total
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, c.relname) as partition_name,
    pg_catalog.format('%I.%I', pn.nspname, p.relname) as table_name
  from pg_catalog.pg_inherits as i
  join pg_catalog.pg_class as c on c.oid = i.inhrelid
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  join pg_catalog.pg_class as p on p.oid = i.inhparent
  join pg_catalog.pg_namespace as pn on pn.oid = p.relnamespace
  where i.inhdetachpending
    -- While it waits for older transactions it holds no lock on either: it waits for their
    -- virtual ids. CREATE INDEX CONCURRENTLY waits so too, but keeps a lock on its table.
    and not exists (
      select
      from pg_catalog.pg_locks as w
      where w.locktype = 'virtualxid'
        and not w.granted
        and not exists (
          select
          from pg_catalog.pg_locks as h
          where h.pid = w.pid and h.locktype = 'relation' and h.relation >= 16384
        )
    )
    -- Before and after that it locks both.
    and not exists (
      select
      from pg_catalog.pg_locks as l
      join here on here.oid = l.database
      where l.locktype = 'relation'
        and l.relation in (i.inhrelid, i.inhparent)
        and l.mode in ('ShareUpdateExclusiveLock', 'AccessExclusiveLock')
        and l.pid not in (
          select v.pid from pg_catalog.pg_stat_progress_vacuum as v
          union all
          select y.pid from pg_catalog.pg_stat_progress_analyze as y
        )
    )
  order by i.inhrelid
  limit 100
) as found on true
order by found.partition_name
