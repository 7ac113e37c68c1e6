-- Whether autovacuum can work at all: its switch, and the counters it decides by; since 14.
select
  pg_catalog.current_setting('autovacuum')::boolean as is_on,
  pg_catalog.current_setting('track_counts')::boolean as counts
