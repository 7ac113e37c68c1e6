-- Unique keys of tables with row security that leave the tenant column out; since 14.
-- Keys that no tenant chooses (uuid, identity, a default) tell nothing and are left alone.
-- $1 the column.
with tenant_tables as materialized (
  select c.oid, c.relname, n.nspname, a.attnum as tenant
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  cross join lateral (
    select a.attnum from pg_catalog.pg_attribute as a
    where a.attrelid = c.oid and a.attname = $1::text and not a.attisdropped
  ) as a
  where c.relkind in ('r', 'p') and c.relrowsecurity and not c.relispartition
),
keys as materialized (
  select
    i.indexrelid, i.indrelid, i.indisprimary, t.relname, t.nspname, t.tenant,
    i.indkey::int2[] as columns, i.indnkeyatts as count
  from tenant_tables as t
  join pg_catalog.pg_index as i on i.indrelid = t.oid
  where i.indisunique and i.indisvalid
),
chosen as materialized (
  select k.indexrelid, k.relname, k.nspname, (
    select pg_catalog.string_agg(
      case when a.attname is null then 'an expression' else pg_catalog.format('%I', a.attname) end,
      ', ' order by s.position)
    from pg_catalog.generate_series(0, k.count - 1) as s(position)
    left join pg_catalog.pg_attribute as a
      on a.attrelid = k.indrelid and a.attnum = k.columns[s.position]
  ) as columns
  from keys as k
  where not exists (
      select from pg_catalog.generate_series(0, k.count - 1) as s(position)
      where k.columns[s.position] = k.tenant
    )
    and exists (
      select from pg_catalog.generate_series(0, k.count - 1) as s(position)
      left join pg_catalog.pg_attribute as a
        on a.attrelid = k.indrelid and a.attnum = k.columns[s.position]
      where a.attnum is null
        or a.attnum = 0
        or not (
          a.atthasdef or a.attidentity <> '' or a.atttypid = 2950
          -- A number as primary key comes from a sequence, be it that of another table.
          or (k.indisprimary and a.atttypid in (20, 21, 23))
        )
    )
    -- Where the tenant alone is a key the table lists the tenants, and its names are theirs.
    and not exists (
      select from keys as own
      where own.indrelid = k.indrelid and own.count = 1 and own.columns[0] = own.tenant
    )
)
select c.examined, f.*
from (select count(*) as examined from keys) as c
left join (
  select
    pg_catalog.format('%I.%I', k.nspname, x.relname) as index,
    pg_catalog.format('%I.%I', k.nspname, k.relname) as table,
    k.columns
  from chosen as k
  join pg_catalog.pg_class as x on x.oid = k.indexrelid
  order by k.indexrelid
  limit 100
) as f on true
