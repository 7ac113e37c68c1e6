-- Partitioned tables that were never analyzed as a whole, or have grown much since; since 14.
-- reltuples of a partitioned table is set by ANALYZE only, and is -1 until then.
with recursive tree as (
  select r.oid as root, r.oid as member
  from pg_catalog.pg_class as r
  where r.relkind = 'p' and not r.relispartition and r.relpersistence <> 't'
  union all
  select t.root, i.inhrelid
  from tree as t
  join pg_catalog.pg_inherits as i on i.inhparent = t.member
),
roots as (
  select t.root,
    count(*) filter (where c.relkind = 'r') as partitions,
    coalesce(sum(greatest(c.reltuples, pg_catalog.pg_stat_get_live_tuples(c.oid)))
      filter (where c.relkind = 'r'), 0)::float8 as partition_rows
  from tree as t
  join pg_catalog.pg_class as c on c.oid = t.member
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
