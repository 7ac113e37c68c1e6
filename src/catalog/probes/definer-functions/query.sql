-- Functions that run with the rights of their owner (SECURITY DEFINER), extensions' aside; since 14.
with secured as materialized (
  select distinct c.relowner
  from pg_catalog.pg_class as c
  where c.relkind in ('r', 'p') and c.relrowsecurity and not c.relforcerowsecurity
)
select
  f.oid::pg_catalog.regprocedure::text as function,
  pg_catalog.format('%I', o.rolname) as owner,
  o.rolsuper as owner_is_superuser,
  o.rolsuper or o.rolbypassrls or exists (
    select from secured as s where pg_catalog.pg_has_role(o.oid, s.relowner, 'usage')
  ) as owner_bypasses_policies,
  (
    select pg_catalog.substr(s.setting, 13)
    from pg_catalog.unnest(f.proconfig) as s(setting)
    where s.setting like 'search\_path=%'
  ) as search_path,
  -- Names in the body are looked up when it is called, but for C and the new SQL bodies.
  l.lanname not in ('c', 'internal') and f.prosqlbody is null as looks_up_names,
  f.prorettype in (2279, 3838) as is_trigger,
  f.proacl is null or exists (
    select from pg_catalog.aclexplode(f.proacl) as g
    where g.grantee = 0 and g.privilege_type = 'EXECUTE'
  ) as public_may_execute,
  pg_catalog.has_schema_privilege('public', f.pronamespace, 'usage') as public_may_use_schema
from pg_catalog.pg_proc as f
join pg_catalog.pg_roles as o on o.oid = f.proowner
join pg_catalog.pg_language as l on l.oid = f.prolang
where f.prosecdef
  and f.oid >= 16384
  and f.oid not in (
    select d.objid from pg_catalog.pg_depend as d
    where d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
      and d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
      and d.deptype = 'e'
  )
order by o.rolsuper desc, f.oid
