-- Use of the indexes that no constraint and no foreign key needs: totals, and the largest of those
-- not scanned; since 16. Milliseconds: $1 that the counters must reach back, $2 since a
-- last scan that is as good as none.
with recursive eligible as materialized (
  select i.indexrelid
  from pg_catalog.pg_index as i
  join pg_catalog.pg_class as c on c.oid = i.indexrelid
  where i.indexrelid >= 16384
    and not i.indisunique
    and not i.indisexclusion
    and i.indislive
    -- The index of a partitioned table is "not valid" while a partition lacks its part of it.
    and (i.indisvalid or c.relkind = 'I')
    and not c.relispartition
    and c.relpersistence <> 't'
    and not exists (
      select
      from pg_catalog.pg_constraint as f
      where f.contype = 'f'
        and f.conrelid = i.indrelid
        and pg_catalog.cardinality(f.conkey) <= i.indnkeyatts
        and f.conkey <@ (i.indkey::int2[])[:pg_catalog.cardinality(f.conkey) - 1]
    )
),
-- Scans are counted on the parts of a partitioned index; they are added up at its root.
family as (
  select e.indexrelid as root, e.indexrelid as member
  from eligible as e
  union all
  select f.root, h.inhrelid
  from family as f
  join pg_catalog.pg_inherits as h on h.inhparent = f.member
),
usage as materialized (
  select
    f.root, pg_catalog.count(*) filter (where c.relkind = 'i') as parts,
    pg_catalog.sum(c.relpages) as pages, pg_catalog.array_agg(c.oid) as members,
    pg_catalog.sum(pg_catalog.pg_stat_get_numscans(c.oid)) as scans,
    pg_catalog.max(pg_catalog.pg_stat_get_lastscan(c.oid)) as last_scan
  from family as f
  join pg_catalog.pg_class as c on c.oid = f.member
  group by f.root
),
-- Since when this database has counted. Where no reset is recorded (15 and later record none for a
-- new database, nor after a crash), the oldest event that the counters still name is a proof.
counting as materialized (
  select
    (extract(epoch from pg_catalog.clock_timestamp() - coalesce(
      pg_catalog.pg_stat_get_db_stat_reset_time(d.oid),
      (select pg_catalog.min(least(
          pg_catalog.pg_stat_get_last_vacuum_time(c.oid),
          pg_catalog.pg_stat_get_last_autovacuum_time(c.oid),
          pg_catalog.pg_stat_get_last_analyze_time(c.oid),
          pg_catalog.pg_stat_get_last_autoanalyze_time(c.oid),
          pg_catalog.pg_stat_get_lastscan(c.oid)))
        from pg_catalog.pg_class as c
        where c.relkind in ('r', 'm')
          -- Shared catalogs count for all databases.
          and not c.relisshared)
    )) * 1000)::float8 as window_ms
  from pg_catalog.pg_database as d
  where d.datname = pg_catalog.current_database()
),
unscanned as materialized (
  select u.root, u.parts, u.pages, u.members,
    (extract(epoch from pg_catalog.clock_timestamp() - u.last_scan) * 1000)::float8
      as last_scan_age_ms
  from usage as u
  where u.scans = 0
    or u.last_scan < pg_catalog.clock_timestamp() - $2::float8 * interval '1 millisecond'
),
largest as materialized (
  select u.root, u.parts, u.pages, u.members, u.last_scan_age_ms
  from unscanned as u
  order by u.pages desc, u.root
  limit 100
),
-- Standbys that may answer queries: their scans are counted there.
standby as (
  select pg_catalog.count(*) as standbys
  from pg_catalog.pg_stat_get_wal_senders() as w
  left join pg_catalog.pg_replication_slots as s on s.active_pid = w.pid
  where s.slot_type is distinct from 'logical'
    and (w.state is null or w.replay_lsn is not null)
)
select
  total.examined, counting.window_ms, counting.window_ms >= $1::float8 as is_long_enough,
  standby.standbys, total.pages * block.size_bytes as size_bytes,
  unused.indexes as unscanned_indexes, unused.pages * block.size_bytes as unscanned_size_bytes,
  worst.index, worst.table, worst.parts, worst.pages * block.size_bytes as index_size_bytes,
  worst.last_scan_age_ms, worst.table_writes, worst.definition
from (
  select pg_catalog.count(*) as examined, coalesce(pg_catalog.sum(u.pages), 0) as pages
  from usage as u
) as total
cross join (
  select pg_catalog.count(*) as indexes, coalesce(pg_catalog.sum(u.pages), 0) as pages
  from unscanned as u
) as unused
cross join counting
cross join standby
cross join (select pg_catalog.current_setting('block_size')::int8 as size_bytes) as block
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, c.relname) as index,
    pg_catalog.format('%I.%I', n.nspname, t.relname) as table,
    u.parts, u.pages, u.last_scan_age_ms,
    (
      select pg_catalog.sum(pg_catalog.pg_stat_get_tuples_inserted(p.indrelid)
        + pg_catalog.pg_stat_get_tuples_updated(p.indrelid)
        + pg_catalog.pg_stat_get_tuples_deleted(p.indrelid))
      from pg_catalog.pg_index as p
      where p.indexrelid = any (u.members)
    ) as table_writes,
    pg_catalog.pg_get_indexdef(u.root) as definition
  from largest as u
  join pg_catalog.pg_class as c on c.oid = u.root
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  join pg_catalog.pg_index as i on i.indexrelid = u.root
  join pg_catalog.pg_class as t on t.oid = i.indrelid
) as worst on true
order by worst.pages desc, worst.index
