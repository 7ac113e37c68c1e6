-- Sizes of the databases that this role may ask for; since 14.
select
  d.datname::text as database,
  case when pg_catalog.has_database_privilege(d.oid, 'connect')
      or pg_catalog.pg_has_role('pg_read_all_stats', 'usage')
    then pg_catalog.pg_database_size(d.oid) end as size_bytes
from pg_catalog.pg_database as d
