-- Partitioned tables that were never analyzed as a whole, or have grown much since; since 14.
-- reltuples of a partitioned table is set by ANALYZE only, and is -1 until then.
with recursive members as materialized (
  select i.inhparent, i.inhrelid, c.relkind, c.reltuples
  from pg_catalog.pg_inherits as i
  join pg_catalog.pg_class as c on c.oid = i.inhrelid
),
tree as (
  -- pg_partitioned_table is short where pg_class is long.
  select r.oid as root, r.oid as member, r.relkind, r.reltuples
  from pg_catalog.pg_partitioned_table as p
  join pg_catalog.pg_class as r on r.oid = p.partrelid
  where not r.relispartition and r.relpersistence <> 't'
  union all
  select t.root, m.inhrelid, m.relkind, m.reltuples
  from tree as t
  join members as m on m.inhparent = t.member
),
roots as (
  select t.root,
    count(*) filter (where t.relkind = 'r') as partitions,
    coalesce(sum(greatest(t.reltuples, pg_catalog.pg_stat_get_live_tuples(t.member)))
      filter (where t.relkind = 'r'), 0)::float8 as partition_rows
  from tree as t
  group by t.root
)
select c.examined, f.object, f.partitions, f.partition_rows, f.known_rows
from (select count(*) filter (where r.partition_rows > 0) as examined from roots as r) as c
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, p.relname) as object,
    r.partitions,
    r.partition_rows,
    nullif(p.reltuples, -1) as known_rows
  from roots as r
  join pg_catalog.pg_class as p on p.oid = r.root
  join pg_catalog.pg_namespace as n on n.oid = p.relnamespace
  where r.partition_rows > 0 and r.partition_rows >= $1::float8
    and (p.reltuples < 0
      or abs(r.partition_rows - p.reltuples) > $2::float8 / 100 * greatest(p.reltuples, 1))
  order by r.partition_rows desc
  limit 100
) as f on true
