-- Foreign keys of large tables that no index of the referencing table supports; since 14.
-- $1 is the number of rows from which a table is large.
with recursive foreign_key as materialized (
  select
    k.oid, k.conname, k.conrelid, k.confrelid, k.conkey, k.confdeltype,
    c.relname, c.relnamespace, c.relkind, c.reltuples
  from pg_catalog.pg_constraint as k
  join pg_catalog.pg_class as c on c.oid = k.conrelid
  where k.contype = 'f'
    -- Copies for partitions follow the constraint they were made for.
    and k.conparentid = 0
    and c.relpersistence <> 't'
    and (c.reltuples >= $1::float8 or c.relkind = 'p')
    -- One that is not enforced (18 and later) has no triggers, so nothing looks for rows.
    and exists (select from pg_catalog.pg_trigger as g where g.tgconstraint = k.oid)
),
index_of as materialized (
  select
    i.indrelid, i.indkey::int2[] as columns, i.indnkeyatts,
    i.indpred is null as is_whole,
    pg_catalog.pg_get_expr(i.indpred, i.indrelid) as predicate
  from pg_catalog.pg_index as i
  join pg_catalog.pg_class as c on c.oid = i.indexrelid
  join pg_catalog.pg_am as m on m.oid = c.relam
  where i.indrelid in (select k.conrelid from foreign_key as k)
    and i.indisvalid
    and m.amname in ('btree', 'hash')
),
unindexed as materialized (
  select
    k.conname, k.conrelid, k.confrelid, k.conkey, k.confdeltype, k.relname, k.relnamespace,
    k.relkind, k.reltuples,
    exists (
      select
      from index_of as i
      where i.indrelid = k.conrelid and i.is_whole and i.columns[0] = any (k.conkey)
    ) as is_partly_indexed
  from foreign_key as k
  where not exists (
    select
    from index_of as i
    where i.indrelid = k.conrelid
      and i.indnkeyatts >= pg_catalog.cardinality(k.conkey)
      and k.conkey <@ i.columns[:pg_catalog.cardinality(k.conkey) - 1]
      -- The look-up asks for equality, which implies that the column is not null.
      and (i.is_whole or i.predicate in (
        select pg_catalog.format('(%I IS NOT NULL)', a.attname)
        from pg_catalog.pg_attribute as a
        where a.attrelid = k.conrelid and a.attnum = any (k.conkey)
      ))
  )
),
-- The rows of a partitioned table are those of its partitions.
partition as (
  select distinct u.conrelid as root, u.conrelid as member
  from unindexed as u
  where u.relkind = 'p'
  union all
  select p.root, h.inhrelid
  from partition as p
  join pg_catalog.pg_inherits as h on h.inhparent = p.member
),
partitioned as (
  select p.root, pg_catalog.sum(c.reltuples) as row_count
  from partition as p
  join pg_catalog.pg_class as c on c.oid = p.member
  where c.relkind <> 'p' and c.reltuples > 0
  group by p.root
)
select
  total.examined, found.constraint_name, found.table_name, found.referenced_table,
  found.column_names, found.row_count, found.referenced_deletes, found.on_delete,
  found.is_partly_indexed
from (select pg_catalog.count(*) as examined from foreign_key) as total
left join (
  select
    pg_catalog.format('%I on %I.%I', u.conname, n.nspname, u.relname) as constraint_name,
    pg_catalog.format('%I.%I', n.nspname, u.relname) as table_name,
    pg_catalog.format('%I.%I', rn.nspname, r.relname) as referenced_table,
    (
      select pg_catalog.array_agg(a.attname::text order by k.place)
      from pg_catalog.unnest(u.conkey) with ordinality as k(number, place)
      join pg_catalog.pg_attribute as a on a.attrelid = u.conrelid and a.attnum = k.number
    ) as column_names,
    coalesce(p.row_count, u.reltuples)::float8 as row_count,
    pg_catalog.pg_stat_get_tuples_deleted(r.oid) as referenced_deletes,
    case u.confdeltype
      when 'c' then 'cascade' when 'n' then 'set null' when 'd' then 'set default'
      when 'r' then 'restrict' else 'no action'
    end as on_delete,
    u.is_partly_indexed
  from unindexed as u
  left join partitioned as p on p.root = u.conrelid
  join pg_catalog.pg_namespace as n on n.oid = u.relnamespace
  join pg_catalog.pg_class as r on r.oid = u.confrelid
  join pg_catalog.pg_namespace as rn on rn.oid = r.relnamespace
  where coalesce(p.row_count, u.reltuples) >= $1::float8
  order by coalesce(p.row_count, u.reltuples) desc, u.conrelid, u.conname
  limit 100
) as found on true
order by found.row_count desc, found.constraint_name
