-- Autovacuum workers, and those among them that vacuum to prevent wraparound; since 14.
select
  a.pid,
  a.backend_start::text as key,
  (extract(epoch from pg_catalog.clock_timestamp() - a.xact_start) * 1000)::float8 as age_ms,
  coalesce(a.query ~ 'to prevent wraparound', false) as prevents_wraparound,
  case when r.oid is not null then pg_catalog.format('%I.%I', n.nspname, r.relname) end
    as relation,
  p.phase,
  p.heap_blks_total as total_blocks,
  p.heap_blks_scanned as scanned_blocks,
  (select count(*) from pg_catalog.pg_locks as l
    where not l.granted and l.locktype = 'relation' and l.relation = p.relid
      and l.database = (select d.oid from pg_catalog.pg_database as d
                         where d.datname = pg_catalog.current_database())) as waiting
from pg_catalog.pg_stat_activity as a
left join pg_catalog.pg_stat_progress_vacuum as p on p.pid = a.pid
left join pg_catalog.pg_class as r on r.oid = p.relid
  and a.datname = pg_catalog.current_database()
left join pg_catalog.pg_namespace as n on n.oid = r.relnamespace
where a.backend_type = 'autovacuum worker'
