-- VACUUM FULL and CLUSTER in progress, in every database, and who waits for them; since 14.
select
  p.pid,
  s.backend_start::text as key,
  p.command,
  p.phase,
  case when c.oid is null
    then pg_catalog.format('table %s of database %I', p.relid, p.datname)
    else pg_catalog.format('%I.%I', n.nspname, c.relname) end as object,
  coalesce(extract(epoch from pg_catalog.clock_timestamp() - s.query_start) * 1000, 0)::float8
    as age_ms,
  p.heap_blks_total as total_blocks,
  p.heap_blks_scanned as scanned_blocks,
  (select count(distinct l.pid) from pg_catalog.pg_locks as l
    where l.relation = p.relid and l.database = p.datid and not l.granted) as waiting
from pg_catalog.pg_stat_progress_cluster as p
left join pg_catalog.pg_stat_activity as s on s.pid = p.pid
left join pg_catalog.pg_class as c on c.oid = p.relid
  and p.datname = pg_catalog.current_database()
left join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
