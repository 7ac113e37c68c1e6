-- Indexes of partitioned tables that some partition lacks; since 14.
select
  total.examined, found.index_name, found.table_name, found.is_unique, found.partitions,
  found.lacking, found.examples, found.has_invalid_part
from (
  select pg_catalog.count(*) as examined
  from pg_catalog.pg_partitioned_table as r
  join pg_catalog.pg_index as i on i.indrelid = r.partrelid
) as total
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, c.relname) as index_name,
    pg_catalog.format('%I.%I', tn.nspname, t.relname) as table_name,
    i.indisunique as is_unique, p.partitions, p.lacking, p.examples, p.has_invalid_part
  from pg_catalog.pg_partitioned_table as r
  join pg_catalog.pg_index as i on i.indrelid = r.partrelid
  join pg_catalog.pg_class as c on c.oid = i.indexrelid
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  join pg_catalog.pg_class as t on t.oid = i.indrelid
  join pg_catalog.pg_namespace as tn on tn.oid = t.relnamespace
  cross join lateral (
    select
      pg_catalog.count(*) as partitions,
      pg_catalog.count(*) filter (where x.indexrelid is null) as lacking,
      (pg_catalog.array_agg(q.name order by q.name) filter (
        where x.indexrelid is null
      ))[:3]::text[] as examples,
      coalesce(pg_catalog.bool_or(not x.indisvalid), false) as has_invalid_part
    from pg_catalog.pg_inherits as h
    join pg_catalog.pg_class as k on k.oid = h.inhrelid
    join pg_catalog.pg_namespace as kn on kn.oid = k.relnamespace
    cross join lateral (
      select pg_catalog.format('%I.%I', kn.nspname, k.relname) as name
    ) as q
    left join (
      pg_catalog.pg_inherits as a
      join pg_catalog.pg_index as x on x.indexrelid = a.inhrelid
    ) on a.inhparent = i.indexrelid and x.indrelid = h.inhrelid
    where h.inhparent = i.indrelid
      -- Foreign tables have no indexes.
      and k.relkind in ('r', 'p')
  ) as p
  where not i.indisvalid
  order by i.indexrelid
  limit 100
) as found on true
order by found.index_name
