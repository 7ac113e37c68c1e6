-- Tables for which autovacuum is switched off by a storage parameter; since 14.
with tables as materialized (
  select r.oid, r.relname, r.relnamespace, r.relpages, r.reloptions
  from pg_catalog.pg_class as r
  where r.relkind in ('r', 'm') and r.relpersistence <> 't' and r.relnamespace not in (
    'pg_catalog'::pg_catalog.regnamespace, 'information_schema'::pg_catalog.regnamespace)
)
select c.examined, f.object, f.dead_rows, f.size_bytes
from (select count(*) as examined from tables) as c
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, t.relname) as object,
    pg_catalog.pg_stat_get_dead_tuples(t.oid) as dead_rows,
    t.relpages::bigint * pg_catalog.current_setting('block_size')::bigint as size_bytes
  from tables as t
  join pg_catalog.pg_namespace as n on n.oid = t.relnamespace
  where t.reloptions is not null
    and exists (
      select from pg_catalog.pg_options_to_table(t.reloptions) as o
      where o.option_name = 'autovacuum_enabled' and not o.option_value::boolean)
  order by t.relpages desc, 1
  limit 100
) as f on true
