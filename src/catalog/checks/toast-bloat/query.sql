-- Free and dead space in TOAST tables, largest first, by pgstattuple_approx; since 14.
-- $1 bytes from which a TOAST table is looked at, $2 bytes that may be read, all together.
with toasts as materialized (
  select t.oid, r.relname, r.relnamespace, s.size_bytes,
    s.size_bytes - t.relallvisible * s.block as unvisited_bytes
  from pg_catalog.pg_class as r
  join pg_catalog.pg_class as t on t.oid = r.reltoastrelid
  join pg_catalog.pg_am as m on m.oid = t.relam and m.amname = 'heap'
  cross join lateral (
    -- Neither a new TOAST table nor a rewritten one has its size noted before its first vacuum.
    select b.block, case when t.relpages = 0 then pg_catalog.pg_relation_size(t.oid)
      else t.relpages * b.block end as size_bytes
    from (select pg_catalog.current_setting('block_size')::float8 as block) as b
  ) as s
  where r.relkind in ('r', 'm') and r.relpersistence <> 't' and r.relnamespace not in (
    'pg_catalog'::pg_catalog.regnamespace, 'information_schema'::pg_catalog.regnamespace)
    and not exists (
      select from pg_catalog.pg_locks as l
      where l.relation in (r.oid, t.oid) and l.mode = 'AccessExclusiveLock')
),
filled as materialized (
  select t.* from toasts as t where t.size_bytes > 0
),
chosen as materialized (
  select t.*
  from (
    select t.*, sum(t.unvisited_bytes) over (order by t.size_bytes desc, t.oid) as read_bytes
    from filled as t
    where t.size_bytes > $1::float8
    order by t.size_bytes desc
    limit 500
  ) as t
  where t.read_bytes <= $2::float8
)
select c.examined, c.left_out, f.object, f.size_bytes, f.wasted_bytes
from (
  select
    (select count(*) from filled as t where t.size_bytes <= $1::float8)
      + (select count(*) from chosen) as examined,
    (select count(*) from filled as t where t.size_bytes > $1::float8)
      - (select count(*) from chosen) as left_out
) as c
left join (
  select pg_catalog.format('%I.%I', n.nspname, c.relname) as object,
    p.table_len as size_bytes,
    p.approx_free_space + p.dead_tuple_len as wasted_bytes
  from chosen as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  cross join lateral @extschema:pgstattuple@.pgstattuple_approx(c.oid::pg_catalog.regclass) as p
) as f on true
order by f.wasted_bytes desc nulls last
