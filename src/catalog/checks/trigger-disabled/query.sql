-- Triggers that are switched off, those of constraints by constraint; since 14.
with off as materialized (
  select g.oid, g.tgrelid, g.tgname, g.tgparentid, g.tgconstraint, g.tgisinternal
  from pg_catalog.pg_trigger as g
  where g.tgrelid >= 16384
    -- 'R' fires only where changes are replayed, which for a constraint means never checked.
    and (g.tgenabled = 'D' or (g.tgenabled = 'R' and g.tgisinternal and g.tgconstraint <> 0))
),
-- A trigger of a partition follows that of the partitioned table; on 14 it is marked internal.
made as (
  select o.*
  from off as o
  where (not o.tgisinternal or o.tgconstraint = 0)
    and not exists (select from off as p where p.oid = o.tgparentid)
),
constraint_off as (
  select
    k.oid, k.conname, k.conrelid, k.contype,
    pg_catalog.string_agg(
      distinct pg_catalog.format('%I.%I', n.nspname, c.relname), ', '
    ) as tables
  from off as o
  join pg_catalog.pg_constraint as k on k.oid = o.tgconstraint
  join pg_catalog.pg_class as c on c.oid = o.tgrelid
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where o.tgisinternal
    and k.contype <> 't'
    and not exists (
      select from off as p where p.tgconstraint = k.conparentid and k.conparentid <> 0
    )
  group by k.oid, k.conname, k.conrelid, k.contype
)
select total.examined, found.trigger_name, found.kind, found.tables
from (
  select pg_catalog.count(*) as examined
  from pg_catalog.pg_trigger as g
  where g.tgrelid >= 16384
) as total
left join (
  select
    pg_catalog.format('%I on %I.%I', a.name, n.nspname, c.relname) as trigger_name,
    a.kind, coalesce(a.tables, pg_catalog.format('%I.%I', n.nspname, c.relname)) as tables
  from (
    select k.conname as name, k.conrelid as relation, k.contype::text as kind, k.tables
    from constraint_off as k
    union all
    select m.tgname, m.tgrelid, 'trigger', null
    from made as m
  ) as a
  join pg_catalog.pg_class as c on c.oid = a.relation
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where c.relpersistence <> 't'
  order by a.kind = 'trigger', a.relation, a.name
  limit 100
) as found on true
order by found.kind = 'trigger', found.trigger_name
