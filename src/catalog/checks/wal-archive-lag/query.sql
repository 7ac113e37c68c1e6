-- Segments that wait for the archiver longer than $1 milliseconds, and the oldest; since 14.
select
  m.mode = 'always' or (m.mode = 'on' and not pg_catalog.pg_is_in_recovery()) as is_active,
  pg_catalog.pg_size_bytes(pg_catalog.current_setting('wal_segment_size')) as segment_bytes,
  coalesce(w.waiting, 0) as waiting,
  w.oldest,
  w.oldest_age_ms
from (select pg_catalog.current_setting('archive_mode') as mode) as m
cross join (
  select
    count(*) filter (where f.age_ms >= $1::float8) as waiting,
    pg_catalog.min(f.name) as oldest,
    pg_catalog.max(f.age_ms) as oldest_age_ms
  from (
    select
      pg_catalog.regexp_replace(d.name, '[.]ready$', '') as name,
      (extract(epoch from pg_catalog.clock_timestamp() - d.modification) * 1000)::float8 as age_ms
    from pg_catalog.pg_ls_archive_statusdir() as d
    where d.name like '%.ready'
  ) as f
) as w
