-- Tables partitioned by time of which the last partition is over or runs now; since 14.
-- Bounds are written as the session's DateStyle says, which is ISO in UTC here.
with keyed as materialized (
  select t.partrelid as oid, t.partdefid as default_partition
  from pg_catalog.pg_partitioned_table as t
  join pg_catalog.pg_attribute as a
    on a.attrelid = t.partrelid and a.attnum = t.partattrs[0]
  where t.partstrat = 'r'
    and t.partnatts = 1
    and a.atttypid in (
      'pg_catalog.timestamptz'::pg_catalog.regtype,
      'pg_catalog.timestamp'::pg_catalog.regtype, 'pg_catalog.date'::pg_catalog.regtype
    )
    -- A month that is divided into days ends with the month.
    and not exists (
      select
      from pg_catalog.pg_inherits as i
      join pg_catalog.pg_partitioned_table as p on p.partrelid = i.inhparent
      where i.inhrelid = t.partrelid and p.partstrat = 'r'
    )
),
bound as materialized (
  select k.oid, pg_catalog.pg_get_expr(c.relpartbound, c.oid) as text
  from keyed as k
  join pg_catalog.pg_inherits as i on i.inhparent = k.oid
  join pg_catalog.pg_class as c on c.oid = i.inhrelid
  where c.oid <> k.default_partition and not i.inhdetachpending
),
partition as (
  select
    b.oid,
    coalesce(
      pg_catalog.substring(b.text, $$FROM \('([^']+)'\)$$), '-infinity'
    )::pg_catalog.timestamptz as begins,
    coalesce(
      pg_catalog.substring(b.text, $$TO \('([^']+)'\)$$), 'infinity'
    )::pg_catalog.timestamptz as ends
  from bound as b
),
timeline as materialized (
  select
    p.oid, pg_catalog.count(*) as partitions, pg_catalog.min(p.begins) as first_begins,
    (pg_catalog.array_agg(p.begins order by p.ends desc))[1] as last_begins,
    pg_catalog.max(p.ends) as last_ends,
    pg_catalog.bool_or(
      p.begins <= pg_catalog.now() and p.ends > pg_catalog.now()
    ) as has_present
  from partition as p
  group by p.oid
)
select
  total.examined, found.table_name, found.has_default, found.has_present, found.partitions,
  found.last_ends_at, found.left_ms
from (select pg_catalog.count(*) as examined from timeline) as total
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, c.relname) as table_name,
    k.default_partition <> 0 as has_default, l.has_present, l.partitions,
    l.last_ends::text as last_ends_at,
    case when pg_catalog.isfinite(l.last_ends)
      then extract(epoch from l.last_ends - pg_catalog.now()) * 1000
    end::float8 as left_ms
  from timeline as l
  join keyed as k on k.oid = l.oid
  join pg_catalog.pg_class as c on c.oid = l.oid
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where l.first_begins <= pg_catalog.now()
    and (
      not l.has_present
      or (pg_catalog.isfinite(l.last_ends) and l.last_begins <= pg_catalog.now())
    )
  order by l.last_ends desc, l.oid
  limit 100
) as found on true
order by found.left_ms, found.table_name
