-- Roles that may read nearly all tables of an owner in a schema, but get no right on the next one.
-- Partitions are left out: rights on them are not needed. Since 14.
-- $1 roles of the applications, $2 fewest tables, $3 least share of them in percent.
with applications as materialized (
  select r.oid
  from pg_catalog.pg_roles as r
  where r.rolname = any ($1::text[]) and not r.rolsuper
),
tables as materialized (
  select c.oid, c.relnamespace, c.relowner, c.relacl, n.nspname, c.relname
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p')
    and c.relpersistence <> 't'
    and not c.relispartition
    and n.nspname !~ '^pg_'
    and n.nspname <> 'information_schema'
    and c.oid not in (
      select d.objid from pg_catalog.pg_depend as d
      where d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
        and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
        and d.deptype = 'e'
    )
),
totals as materialized (
  select t.relnamespace, t.nspname, t.relowner, count(*) as count
  from tables as t
  group by t.relnamespace, t.nspname, t.relowner
),
-- Thousands of tables share a few lists of grants: each list is opened once.
readers as materialized (
  select distinct l.relacl, g.grantee
  from (select distinct t.relacl from tables as t) as l
  cross join lateral pg_catalog.aclexplode(l.relacl) as g
  where g.privilege_type = 'SELECT' and g.grantee <> 0
),
grants as materialized (
  select t.relnamespace, t.relowner, g.grantee, count(*) as count, max(t.oid) as newest
  from tables as t
  join readers as g on g.relacl = t.relacl
  where g.grantee <> t.relowner
  group by t.relnamespace, t.relowner, g.grantee
),
broad as materialized (
  select g.*, t.nspname, t.count as tables
  from grants as g
  join totals as t on t.relnamespace = g.relnamespace and t.relowner = g.relowner
  where t.count >= $2::float8
    and g.count >= t.count * $3::float8 / 100
    and (
      pg_catalog.cardinality($1::text[]) = 0
      or exists (
        select from applications as a
        where pg_catalog.pg_has_role(a.oid, g.grantee, 'usage')
      )
    )
)
select c.examined, f.*
from (select count(*) as examined from broad) as c
left join (
  select
    pg_catalog.format('%I', r.rolname) as grantee,
    pg_catalog.format('%I', b.nspname) as schema,
    pg_catalog.format('%I', o.rolname) as owner,
    b.tables,
    b.count as readable,
    array(
      select pg_catalog.format('%I.%I', t.nspname, t.relname)
      from tables as t
      where t.relnamespace = b.relnamespace
        and t.relowner = b.relowner
        and t.oid > b.newest
      order by t.oid desc
      limit 3
    ) as forgotten
  from broad as b
  join pg_catalog.pg_roles as o on o.oid = b.relowner
  join pg_catalog.pg_roles as r on r.oid = b.grantee
  where not exists (
    select from pg_catalog.pg_default_acl as d
    cross join lateral pg_catalog.aclexplode(d.defaclacl) as g
    where d.defaclrole = b.relowner
      and d.defaclnamespace in (0, b.relnamespace)
      and d.defaclobjtype = 'r'
      and g.privilege_type = 'SELECT'
      and (g.grantee in (0, b.grantee) or pg_catalog.pg_has_role(b.grantee, g.grantee, 'usage'))
  )
  order by b.tables desc, b.grantee
  limit 100
) as f on true
