-- Extensions installed in a schema that every role may use, named public; since 14.
select c.examined, f.*
from (
  select count(*) as examined from pg_catalog.pg_extension as e where e.extname <> 'plpgsql'
) as c
left join (
  select
    e.extname::text as extension,
    e.extrelocatable as is_relocatable,
    pg_catalog.has_schema_privilege('public', n.oid, 'create') as public_may_create
  from pg_catalog.pg_extension as e
  join pg_catalog.pg_namespace as n on n.oid = e.extnamespace
  where n.nspname = 'public'
  order by e.oid
  limit 100
) as f on true
