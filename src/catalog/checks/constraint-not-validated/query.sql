-- Check and foreign key constraints that are not validated; since 14.
with declared as (
  select k.oid, k.conname, k.contype, k.conrelid, k.contypid, k.convalidated
  from pg_catalog.pg_constraint as k
  where k.contype in ('c', 'f')
    and k.oid >= 16384
    -- Partitions and children have copies of the constraint of their parent.
    and k.conparentid = 0
    and (k.conislocal or k.coninhcount = 0)
)
select
  total.examined, found.constraint_name, found.kind, found.definition, found.row_count
from (select pg_catalog.count(*) as examined from declared) as total
left join (
  select
    pg_catalog.format(
      '%I on %I.%I', k.conname, n.nspname, coalesce(c.relname, y.typname)
    ) as constraint_name,
    case when y.oid is not null then 'domain' else k.contype::text end as kind,
    pg_catalog.pg_get_constraintdef(k.oid) as definition,
    greatest(c.reltuples, 0)::float8 as row_count
  from declared as k
  left join pg_catalog.pg_class as c on c.oid = k.conrelid
  left join pg_catalog.pg_type as y on y.oid = k.contypid
  join pg_catalog.pg_namespace as n on n.oid = coalesce(c.relnamespace, y.typnamespace)
  where not k.convalidated
    and coalesce(c.relpersistence, 'p') <> 't'
  order by c.reltuples desc nulls last, k.oid
  limit 100
) as found on true
order by found.row_count desc nulls last, found.constraint_name
