-- Age of every database in transaction and multixact ids, templates included; since 14.
-- A database nobody may connect to ages as well, and autovacuum must still reach it.
select
  d.datname::text as database,
  pg_catalog.age(d.datfrozenxid) as age_xids,
  pg_catalog.mxid_age(d.datminmxid) as age_multixacts,
  pg_catalog.current_setting('autovacuum_freeze_max_age')::bigint as freeze_max_age_xids,
  pg_catalog.current_setting('autovacuum_multixact_freeze_max_age')::bigint
    as freeze_max_age_multixacts
from pg_catalog.pg_database as d
