-- Background processes that live as long as the server does, unless a crash ended all; since 14.
select
  a.backend_type,
  a.backend_start::text as started_at,
  (extract(epoch from a.backend_start - pg_catalog.pg_postmaster_start_time()) * 1000)::float8
    as gap_ms,
  (extract(epoch from pg_catalog.clock_timestamp() - a.backend_start) * 1000)::float8 as age_ms
from pg_catalog.pg_stat_activity as a
where a.backend_type = 'checkpointer'
