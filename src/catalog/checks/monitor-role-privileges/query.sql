-- What our own role may read that statistics do not need; since 14.
-- Thousands of tables share a few owners and lists of grants: one of each kind is asked about.
with tables as materialized (
  select c.oid, c.relowner, c.relacl
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'm', 'f')
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
kinds as materialized (
  select
    count(*) as tables,
    min(t.oid) as example,
    pg_catalog.has_table_privilege(min(t.oid), 'select') as is_readable
  from tables as t
  group by t.relowner, t.relacl
)
select
  k.tables as examined,
  current_user::text as role,
  r.rolsuper as is_superuser,
  pg_catalog.pg_has_role('pg_read_all_data', 'usage') as reads_all_data,
  k.tables,
  k.readable,
  array(
    select pg_catalog.format('%I.%I', n.nspname, c.relname)
    from kinds as e
    join pg_catalog.pg_class as c on c.oid = e.example
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where e.is_readable
    order by c.oid
    limit 3
  ) as examples
from pg_catalog.pg_roles as r
cross join (
  select
    coalesce(sum(kinds.tables), 0) as tables,
    coalesce(sum(kinds.tables) filter (where kinds.is_readable), 0) as readable
  from kinds
) as k
where r.rolname = current_user
