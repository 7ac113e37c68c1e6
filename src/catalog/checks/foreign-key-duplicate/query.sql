-- Foreign keys that another foreign key of the table repeats column for column; since 14.
with foreign_key as materialized (
  select k.oid, k.conname, k.conrelid, k.confrelid, k.conkey, k.confkey, k.confdeltype,
    k.confupdtype, k.convalidated
  from pg_catalog.pg_constraint as k
  join pg_catalog.pg_class as c on c.oid = k.conrelid
  where k.contype = 'f'
    and k.conparentid = 0
    and c.relpersistence <> 't'
),
pair as (
  select
    b.oid, b.conname, a.conname as twin, b.conrelid, b.confrelid,
    a.confdeltype <> b.confdeltype or a.confupdtype <> b.confupdtype as is_contradictory
  from foreign_key as a
  join foreign_key as b
    on b.conrelid = a.conrelid
    and b.confrelid = a.confrelid
    -- The older stays, unless only the younger was validated.
    and (not a.convalidated, a.oid) < (not b.convalidated, b.oid)
  where pg_catalog.cardinality(a.conkey) = pg_catalog.cardinality(b.conkey)
    -- The same columns may be written in another order.
    and not exists (
      select x.own, x.other from rows from (
        pg_catalog.unnest(a.conkey), pg_catalog.unnest(a.confkey)
      ) as x(own, other)
      except
      select y.own, y.other from rows from (
        pg_catalog.unnest(b.conkey), pg_catalog.unnest(b.confkey)
      ) as y(own, other)
    )
)
select
  total.examined, found.constraint_name, found.twin_name, found.table_name,
  found.referenced_table, found.is_contradictory, found.definition
from (select pg_catalog.count(*) as examined from foreign_key) as total
left join (
  select distinct on (p.oid)
    pg_catalog.format('%I on %I.%I', p.conname, n.nspname, c.relname) as constraint_name,
    pg_catalog.quote_ident(p.twin) as twin_name,
    pg_catalog.format('%I.%I', n.nspname, c.relname) as table_name,
    pg_catalog.format('%I.%I', rn.nspname, r.relname) as referenced_table,
    p.is_contradictory,
    pg_catalog.pg_get_constraintdef(p.oid) as definition
  from pair as p
  join pg_catalog.pg_class as c on c.oid = p.conrelid
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  join pg_catalog.pg_class as r on r.oid = p.confrelid
  join pg_catalog.pg_namespace as rn on rn.oid = r.relnamespace
  order by p.oid, p.is_contradictory desc, p.twin
  limit 100
) as found on true
order by found.constraint_name
