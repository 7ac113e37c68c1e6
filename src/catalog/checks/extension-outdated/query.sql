-- Extensions of this database whose version is not the one that is installed on the host; since 14.
-- The server reads the control file of every extension for it.
select c.examined, f.name, f.installed_version, f.available_version
from (select count(*) as examined from pg_catalog.pg_extension) as c
left join (
  select
    e.extname::text as name,
    e.extversion as installed_version,
    a.default_version as available_version
  from pg_catalog.pg_extension as e
  left join pg_catalog.pg_available_extensions() as a on a.name = e.extname
  where a.default_version is distinct from e.extversion
  order by e.extname
  limit 100
) as f on true
