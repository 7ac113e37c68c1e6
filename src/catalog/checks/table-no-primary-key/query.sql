-- Tables without primary key, partitions counted with their root; since 14.
-- $1 names of tables that may be without.
with made as materialized (
  select c.oid, c.relname, c.relnamespace, c.relkind, c.reltuples
  from pg_catalog.pg_class as c
  where c.relkind in ('r', 'p')
    and not c.relispartition
    and c.relpersistence <> 't'
    and c.oid >= 16384
),
keyless as materialized (
  select m.*
  from made as m
  where not exists (
    select from pg_catalog.pg_index as i where i.indrelid = m.oid and i.indisprimary
  )
)
select
  total.examined, found.table_name, found.is_partitioned, found.row_count, found.unique_key
from (select pg_catalog.count(*) as examined from made) as total
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, k.relname) as table_name,
    k.relkind = 'p' as is_partitioned,
    greatest(k.reltuples, 0)::float8 as row_count,
    -- A unique index over columns that are never null tells rows apart as well.
    (
      select pg_catalog.quote_ident(x.relname)
      from pg_catalog.pg_index as i
      join pg_catalog.pg_class as x on x.oid = i.indexrelid
      where i.indrelid = k.oid
        and i.indisunique and i.indisvalid and i.indimmediate
        and i.indpred is null and i.indexprs is null
        and not exists (
          select
          from pg_catalog.pg_attribute as a
          where a.attrelid = k.oid
            and not a.attnotnull
            and a.attnum = any ((i.indkey::int2[])[:i.indnkeyatts - 1])
        )
      order by x.relname
      limit 1
    ) as unique_key
  from keyless as k
  join pg_catalog.pg_namespace as n on n.oid = k.relnamespace
  where pg_catalog.format('%I.%I', n.nspname, k.relname) <> all ($1::text[])
    and not exists (
      select
      from pg_catalog.pg_depend as d
      where d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
        and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
        and d.objid = k.oid
    )
  order by k.reltuples desc, k.oid
  limit 100
) as found on true
order by found.row_count desc, found.table_name
