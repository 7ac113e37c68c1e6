-- Relations that PUBLIC, which is every role of the server, has rights on; since 14.
with relations as materialized (
  select c.oid, n.nspname, c.relname, c.relkind, c.relacl, c.relrowsecurity
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    and c.relpersistence <> 't'
    and n.nspname !~ '^pg_'
    and n.nspname <> 'information_schema'
    and c.oid not in (
      select d.objid from pg_catalog.pg_depend as d
      where d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
        and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
        and d.deptype = 'e'
    )
),
-- Thousands of relations share a few lists of grants: each list is opened once.
grants as materialized (
  select l.relacl, p.privileges, p.is_writing
  from (select distinct r.relacl from relations as r) as l
  cross join lateral (
    select
      pg_catalog.string_agg(g.privilege_type, ', ' order by g.privilege_type) as privileges,
      pg_catalog.bool_or(g.privilege_type in ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'))
        as is_writing
    from pg_catalog.aclexplode(l.relacl) as g
    where g.grantee = 0
  ) as p
  where p.privileges is not null
)
select c.examined, f.*
from (select count(*) as examined from relations) as c
left join (
  select
    pg_catalog.format('%I.%I', r.nspname, r.relname) as relation,
    g.privileges,
    g.is_writing,
    r.relrowsecurity as has_row_security
  from relations as r
  join grants as g on g.relacl = r.relacl
  order by g.is_writing desc, r.oid
  limit 100
) as f on true
