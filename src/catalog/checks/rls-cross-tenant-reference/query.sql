-- Foreign keys between tables with row security that leave the tenant column out; since 14.
-- $1 the column.
with tenant_tables as materialized (
  select c.oid, c.relname, n.nspname, (
    select a.attnum from pg_catalog.pg_attribute as a
    where a.attrelid = c.oid and a.attname = $1::text and not a.attisdropped
  ) as tenant
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and c.relrowsecurity
),
keys as materialized (
  select
    k.oid, k.conname, k.confdeltype,
    pg_catalog.format('%I.%I', f.nspname, f.relname) as "from",
    pg_catalog.format('%I.%I', t.nspname, t.relname) as "to",
    exists (
      select from pg_catalog.generate_subscripts(k.conkey, 1) as i
      where k.conkey[i] = f.tenant and k.confkey[i] = t.tenant
    ) as names_tenant
  from pg_catalog.pg_constraint as k
  join tenant_tables as f on f.oid = k.conrelid
  join tenant_tables as t on t.oid = k.confrelid
  where k.contype = 'f'
    and k.conparentid = 0
    and f.tenant is not null
    and t.tenant is not null
)
select c.examined, k.*
from (select count(*) as examined from keys) as c
left join (
  select
    pg_catalog.format('%I', keys.conname) as name,
    keys."from",
    keys."to",
    case keys.confdeltype
      when 'c' then 'CASCADE' when 'n' then 'SET NULL' when 'd' then 'SET DEFAULT'
      when 'r' then 'RESTRICT' else 'NO ACTION'
    end as on_delete
  from keys
  where not keys.names_tenant
  order by keys.confdeltype in ('c', 'n', 'd') desc, keys.oid
  limit 100
) as k on true
