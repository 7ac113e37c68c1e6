-- Tables with row security and the login roles that could dump all of them; since 14.
-- pg_dump sets row_security = off: a table whose policies would apply to it ends the dump.
-- $1 superusers that belong to a provider.
with secured as materialized (
  select
    c.oid, c.relowner, c.relforcerowsecurity,
    pg_catalog.format('%I.%I', n.nspname, c.relname) as name
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and c.relrowsecurity
),
candidates as materialized (
  select
    r.oid, pg_catalog.format('%I', r.rolname) as name, r.rolsuper,
    r.rolsuper or r.rolbypassrls as is_exempt
  from pg_catalog.pg_roles as r
  where r.rolcanlogin
    and not (r.rolsuper and r.rolname = any ($1::text[]))
    and (
      r.rolsuper or r.rolbypassrls
      -- An owner passes only where nothing is forced.
      or not exists (select from secured as s where s.relforcerowsecurity)
    )
),
able as materialized (
  select k.name, k.is_exempt
  from candidates as k
  where not exists (
    select from secured as s
    where not pg_catalog.has_table_privilege(k.oid, s.oid, 'select')
      or not (
        k.is_exempt
        or (not s.relforcerowsecurity and pg_catalog.pg_has_role(k.oid, s.relowner, 'usage'))
      )
  )
),
-- With --enable-row-security a role dumps what its policies show: all, where one is TRUE.
filtered as materialized (
  select pg_catalog.format('%I', r.rolname) as name
  from pg_catalog.pg_roles as r
  where r.rolcanlogin
    and r.oid in (select pg_catalog.unnest(p.polroles) from pg_catalog.pg_policy as p)
    and not exists (
      select from secured as s
      where not pg_catalog.has_table_privilege(r.oid, s.oid, 'select')
        or not exists (
          select from pg_catalog.pg_policy as p
          where p.polrelid = s.oid
            and p.polpermissive
            and p.polcmd in ('r', '*')
            and r.oid = any (p.polroles)
            and p.polqual::text like '{CONST :consttype 16 %:constvalue 1 [ 1 %'
        )
    )
)
select
  t.tables as examined,
  t.tables,
  t.forced,
  t.examples,
  array(select a.name from able as a order by not a.is_exempt, 1 limit 5) as able,
  array(select f.name from filtered as f order by 1 limit 5) as able_with_row_security,
  array(
    select k.name from candidates as k
    where k.is_exempt and not exists (select from able as a where a.name = k.name)
    order by 1 limit 5
  ) as exempt_without_select
from (
  select
    count(*) as tables,
    count(*) filter (where s.relforcerowsecurity) as forced,
    (pg_catalog.array_agg(s.name order by s.relforcerowsecurity desc, s.oid))[1:3] as examples
  from secured as s
) as t
where t.tables > 0
