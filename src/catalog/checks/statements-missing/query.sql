-- Whether pg_stat_statements is loaded and installed here; since 14.
select
  pg_catalog.current_setting('shared_preload_libraries') ~ 'pg_stat_statements' as is_loaded,
  exists (select from pg_catalog.pg_extension as e where e.extname = 'pg_stat_statements')
    as is_installed,
  exists (
    select from pg_catalog.pg_available_extensions as a where a.name = 'pg_stat_statements'
  ) as is_available,
  pg_catalog.current_setting('compute_query_id') = 'off' as has_no_ids
