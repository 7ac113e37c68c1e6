-- Sequential reads of the tables of $1 bytes or more, since their counters began; since 14.
-- The largest thousand, so that two samples speak of the same tables.
with recursive partition as (
  select c.oid as root, c.oid as member
  from pg_catalog.pg_class as c
  where c.relkind = 'p'
    and not c.relispartition
  union all
  select p.root, h.inhrelid
  from partition as p
  join pg_catalog.pg_inherits as h on h.inhparent = p.member
),
-- Partitions are added up at the root, which is never read itself.
large as materialized (
  select
    coalesce(p.root, c.oid) as root, pg_catalog.array_agg(c.oid) as members,
    pg_catalog.sum(c.relpages) as pages, pg_catalog.sum(greatest(c.reltuples, 0)) as row_count
  from pg_catalog.pg_class as c
  left join partition as p on p.member = c.oid
  where c.oid >= 16384
    and c.relkind in ('r', 'm')
    and c.relpersistence <> 't'
    and c.relpages > 0
  group by coalesce(p.root, c.oid)
  having pg_catalog.sum(c.relpages) * pg_catalog.current_setting('block_size')::int8 >= $1::int8
  order by pg_catalog.sum(c.relpages) desc
  limit 1000
)
select
  pg_catalog.format('%I.%I', n.nspname, c.relname) as table_name,
  l.pages * pg_catalog.current_setting('block_size')::int8 as size_bytes,
  l.row_count::float8 as row_count,
  counted.sequential_scans,
  counted.sequential_rows,
  counted.index_scans
from large as l
join pg_catalog.pg_class as c on c.oid = l.root
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join lateral (
  select
    pg_catalog.sum(s.seq_scan) as sequential_scans,
    pg_catalog.sum(s.seq_tup_read) as sequential_rows,
    pg_catalog.sum(s.idx_scan) as index_scans
  from (
    select
      pg_catalog.pg_stat_get_numscans(m.oid) as seq_scan,
      pg_catalog.pg_stat_get_tuples_returned(m.oid) as seq_tup_read,
      (
        select coalesce(pg_catalog.sum(pg_catalog.pg_stat_get_numscans(i.indexrelid)), 0)
        from pg_catalog.pg_index as i
        where i.indrelid = m.oid
      ) as idx_scan
    from pg_catalog.unnest(l.members) as m(oid)
  ) as s
) as counted
order by l.pages desc, table_name
