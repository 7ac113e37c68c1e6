-- The last base backup that the server itself has a record of; since 14.
-- The end of a base backup writes a history file into pg_wal, which stays there until the next
-- one; without archiving it is removed at once.
select
  pg_catalog.current_setting('archive_mode') as archive_mode,
  w.name::text as history_file,
  (extract(epoch from pg_catalog.clock_timestamp() - w.modification) * 1000)::float8 as age_ms
from (values (1)) as one (row)
left join lateral (
  select l.name, l.modification
  from pg_catalog.pg_ls_waldir() as l
  where l.name ~ '^[0-9A-F]{24}\.[0-9A-F]{8}\.backup$'
  order by l.modification desc
  limit 1
) as w on true
