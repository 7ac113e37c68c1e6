-- How long the server has been up; since 14.
select
  (extract(epoch from pg_catalog.clock_timestamp() - pg_catalog.pg_postmaster_start_time()) * 1000)
    ::float8 as age_ms,
  pg_catalog.pg_postmaster_start_time()::text as started_at
