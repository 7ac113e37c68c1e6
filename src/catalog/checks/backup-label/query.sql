-- The file backup_label in the data directory, if there is one; since 15.
select
  f.size is not null as is_present,
  (extract(epoch from pg_catalog.clock_timestamp() - f.modification) * 1000)::float8 as age_ms
from pg_catalog.pg_stat_file('backup_label', true) as f
