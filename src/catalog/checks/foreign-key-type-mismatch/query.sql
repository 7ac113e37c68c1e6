-- Foreign keys between columns of different types; since 14.
-- The three operators of a pair of columns (referenced and referencing, referenced alone, and
-- referencing alone) are one and the same where the types compare as one.
with suspect as materialized (
  select
    k.oid, k.conname, k.conrelid, k.confrelid, k.conkey, k.confkey, k.conpfeqop, k.conppeqop,
    k.conffeqop
  from pg_catalog.pg_constraint as k
  -- Partitions have copies of the constraint of their table.
  where k.contype = 'f'
    and k.conparentid = 0
    and (k.conpfeqop <> k.conppeqop or k.conffeqop <> k.conppeqop)
),
pair as materialized (
  select
    s.oid, s.conname, s.conrelid, s.confrelid, p.place, a.attname as column_name,
    r.attname as referenced_column, a.atttypid as type, r.atttypid as referenced_type,
    coalesce(nullif(at.typbasetype, 0), at.oid) as base_type,
    coalesce(nullif(rt.typbasetype, 0), rt.oid) as referenced_base_type
  from suspect as s
  cross join lateral rows from (
    pg_catalog.unnest(s.conkey), pg_catalog.unnest(s.confkey), pg_catalog.unnest(s.conpfeqop),
    pg_catalog.unnest(s.conppeqop), pg_catalog.unnest(s.conffeqop)
  ) with ordinality as p(number, referenced_number, across, referenced, referencing, place)
  join pg_catalog.pg_attribute as a on a.attrelid = s.conrelid and a.attnum = p.number
  join pg_catalog.pg_attribute as r
    on r.attrelid = s.confrelid and r.attnum = p.referenced_number
  join pg_catalog.pg_type as at on at.oid = a.atttypid
  join pg_catalog.pg_type as rt on rt.oid = r.atttypid
  where p.across <> p.referenced or p.referencing <> p.referenced
)
select
  total.examined, found.constraint_name, found.column_name, found.column_type,
  found.referenced_column, found.referenced_type, found.largest_number
from (
  select pg_catalog.count(*) as examined
  from pg_catalog.pg_constraint as k
  where k.contype = 'f' and k.conparentid = 0
) as total
left join (
  select
    pg_catalog.format('%I on %I.%I', p.conname, n.nspname, c.relname) as constraint_name,
    pg_catalog.format('%I.%I.%I', n.nspname, c.relname, p.column_name) as column_name,
    pg_catalog.format_type(p.type, null) as column_type,
    pg_catalog.format('%I.%I.%I', rn.nspname, r.relname, p.referenced_column)
      as referenced_column,
    pg_catalog.format_type(p.referenced_type, null) as referenced_type,
    -- Where the referencing integer is the smaller one, what it can hold at most.
    case
      when p.base_type = 'pg_catalog.int2'::pg_catalog.regtype and p.referenced_base_type in (
        'pg_catalog.int4'::pg_catalog.regtype, 'pg_catalog.int8'::pg_catalog.regtype
      ) then 32767
      when p.base_type = 'pg_catalog.int4'::pg_catalog.regtype
        and p.referenced_base_type = 'pg_catalog.int8'::pg_catalog.regtype then 2147483647
    end as largest_number
  from pair as p
  join pg_catalog.pg_class as c on c.oid = p.conrelid
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  join pg_catalog.pg_class as r on r.oid = p.confrelid
  join pg_catalog.pg_namespace as rn on rn.oid = r.relnamespace
  where c.relpersistence <> 't'
  order by largest_number nulls last, p.oid, p.place
  limit 100
) as found on true
order by found.largest_number nulls last, found.constraint_name, found.column_name
