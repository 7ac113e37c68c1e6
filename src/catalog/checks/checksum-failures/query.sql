-- Databases in which a page failed its checksum; the row without a name is for shared objects.
-- Counters are null where checksums are off; since 14.
select c.examined, f.database, f.failures, f.last_age_ms
from (
  select count(d.checksum_failures) as examined from pg_catalog.pg_stat_database as d
) as c
left join (
  select
    coalesce(d.datname::text, 'shared objects') as database,
    d.checksum_failures as failures,
    (extract(epoch from pg_catalog.clock_timestamp() - d.checksum_last_failure) * 1000)::float8
      as last_age_ms
  from pg_catalog.pg_stat_database as d
  where d.checksum_failures > 0
  order by d.checksum_failures desc
  limit 100
) as f on true
