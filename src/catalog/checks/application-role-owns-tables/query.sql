-- Application roles that own relations, or have the rights of a role that does; since 14.
-- $1 roles of the applications.
with applications as materialized (
  select r.oid, r.rolname::text as name
  from pg_catalog.pg_roles as r
  where r.rolname = any ($1::text[]) and not r.rolsuper
),
owners as materialized (
  select
    c.relowner,
    count(*) as count,
    min(c.oid) as example
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'm', 'v')
    and c.relpersistence <> 't'
    and n.nspname !~ '^pg_'
    and n.nspname <> 'information_schema'
  group by c.relowner
)
select e.examined, f.*
from (select count(*) as examined from applications) as e
left join (
  select
    a.name as role,
    sum(o.count) as relations,
    pg_catalog.array_agg(distinct r.rolname::text) as owners,
    (
      select pg_catalog.format('%I.%I', n.nspname, c.relname)
      from pg_catalog.pg_class as c
      join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
      where c.oid = min(o.example)
    ) as example
  from applications as a
  join owners as o on pg_catalog.pg_has_role(a.oid, o.relowner, 'usage')
  join pg_catalog.pg_roles as r on r.oid = o.relowner
  group by a.name
  limit 100
) as f on true
