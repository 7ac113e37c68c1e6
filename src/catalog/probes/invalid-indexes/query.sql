-- Indexes that are not valid and that nobody builds or drops at this moment; since 14.
-- A concurrent build or drop keeps ShareUpdateExclusiveLock on the table from its first
-- transaction to its last. Locks are read afresh and are shown to every role; the progress view
-- answers as of the start of our transaction and names the index to few roles.
with here as (
  select d.oid
  from pg_catalog.pg_database as d
  where d.datname = pg_catalog.current_database()
),
broken as (
  select
    i.indexrelid, pg_catalog.format('%I.%I', n.nspname, c.relname) as index,
    pg_catalog.format('%I.%I', tn.nspname, t.relname) as table,
    c.relname ~ '_cc(new|old)[0-9]*$' as is_leftover,
    i.indisunique as is_unique, i.indisready as is_ready, i.indislive as is_live,
    c.relpages * pg_catalog.current_setting('block_size')::int8 as size_bytes,
    coalesce(pg_catalog.pg_get_indexdef(i.indexrelid), '') as definition
  from pg_catalog.pg_index as i
  join pg_catalog.pg_class as c on c.oid = i.indexrelid
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  join pg_catalog.pg_class as t on t.oid = i.indrelid
  join pg_catalog.pg_namespace as tn on tn.oid = t.relnamespace
  where not (i.indisvalid and i.indisready and i.indislive)
    -- The index of a partitioned table ('I') becomes valid when each partition has its part.
    and c.relkind = 'i'
    and c.relpersistence <> 't'
    and not exists (
      select
      from pg_catalog.pg_locks as l
      join here on here.oid = l.database
      where l.locktype = 'relation'
        and l.relation = i.indrelid
        and l.mode = 'ShareUpdateExclusiveLock'
        and l.granted
        -- Vacuum and analyze take the same lock; a prepared transaction has no pid.
        and l.pid is not null
        and l.pid not in (
          select v.pid from pg_catalog.pg_stat_progress_vacuum as v
          union all
          select y.pid from pg_catalog.pg_stat_progress_analyze as y
        )
    )
  order by c.relpages desc, i.indexrelid
  limit 200
)
select
  total.examined, b.index, b.table, b.is_leftover, b.is_unique, b.is_ready, b.is_live,
  b.size_bytes, b.definition
from (
  select pg_catalog.count(*) as examined
  from pg_catalog.pg_index as i
  where i.indexrelid >= 16384
) as total
left join broken as b on true
order by b.size_bytes desc, b.indexrelid
