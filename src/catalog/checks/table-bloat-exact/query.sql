-- Free and dead space of the largest tables as pgstattuple counts it; since 14.
-- $1 bytes from which a table is measured, $2 bytes to read at most, all tables together.
with tables as materialized (
  select r.oid, r.relname, r.relnamespace,
    r.relpages * pg_catalog.current_setting('block_size')::float8 as size_bytes,
    coalesce((
      select o.option_value::float8 from pg_catalog.pg_options_to_table(r.reloptions) as o
      where o.option_name = 'fillfactor'), 100) / 100 as fill
  from pg_catalog.pg_class as r
  join pg_catalog.pg_am as m on m.oid = r.relam and m.amname = 'heap'
  where r.relkind in ('r', 'm') and r.relpersistence <> 't' and r.relnamespace not in (
    'pg_catalog'::pg_catalog.regnamespace, 'information_schema'::pg_catalog.regnamespace)
    and not exists (
      select from pg_catalog.pg_locks as l
      where l.relation = r.oid and l.mode = 'AccessExclusiveLock')
),
chosen as materialized (
  select t.*
  from (
    select t.*, sum(t.size_bytes) over (order by t.size_bytes desc, t.oid) as read_bytes
    from tables as t
    where t.size_bytes >= $1::float8
  ) as t
  where t.read_bytes <= $2::float8
)
select
  pg_catalog.format('%I.%I', n.nspname, c.relname) as object,
  (select count(*) from tables as t where t.size_bytes >= $1::float8)
    - (select count(*) from chosen) as left_out,
  p.table_len as size_bytes,
  p.free_space as free_bytes,
  p.dead_tuple_len as dead_bytes,
  (greatest(0, p.free_space - (1 - c.fill) * p.table_len) + p.dead_tuple_len)::float8
    as wasted_bytes
from chosen as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
cross join lateral @extschema:pgstattuple@.pgstattuple(c.oid::pg_catalog.regclass) as p
order by wasted_bytes desc
