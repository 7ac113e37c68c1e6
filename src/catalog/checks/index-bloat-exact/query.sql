-- How full the leaf pages of the largest B-tree indexes are, as pgstatindex counts; since 14.
-- $1 bytes from which an index is read, $2 bytes to read at most, all indexes together.
with indexes as materialized (
  select r.oid, r.relname, r.relnamespace, i.indrelid,
    r.relpages * pg_catalog.current_setting('block_size')::float8 as size_bytes,
    coalesce((
      select o.option_value::float8 from pg_catalog.pg_options_to_table(r.reloptions) as o
      where o.option_name = 'fillfactor'), 90) as fill_percent
  from pg_catalog.pg_index as i
  join pg_catalog.pg_class as r on r.oid = i.indexrelid
  join pg_catalog.pg_am as m on m.oid = r.relam and m.amname = 'btree'
  where r.relkind = 'i' and r.relpersistence <> 't' and i.indisvalid and i.indrelid >= 16384
    and r.relnamespace <> 'pg_toast'::pg_catalog.regnamespace
    and not exists (
      select from pg_catalog.pg_locks as l
      where l.relation in (i.indexrelid, i.indrelid) and l.mode = 'AccessExclusiveLock')
),
chosen as materialized (
  select x.*
  from (
    select x.*, sum(x.size_bytes) over (order by x.size_bytes desc, x.oid) as read_bytes
    from indexes as x
    where x.size_bytes >= $1::float8
  ) as x
  where x.read_bytes <= $2::float8
)
select
  pg_catalog.format('%I.%I', n.nspname, c.relname) as object,
  pg_catalog.format('%I.%I', tn.nspname, t.relname) as index_on,
  (select count(*) from indexes as x where x.size_bytes >= $1::float8)
    - (select count(*) from chosen) as left_out,
  p.index_size as size_bytes,
  case when p.avg_leaf_density = 'NaN' then 0 else p.avg_leaf_density end as density_percent,
  p.leaf_pages,
  p.empty_pages + p.deleted_pages as empty_pages,
  c.fill_percent
from chosen as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
join pg_catalog.pg_class as t on t.oid = c.indrelid
join pg_catalog.pg_namespace as tn on tn.oid = t.relnamespace
cross join lateral @extschema:pgstattuple@.pgstatindex(c.oid::pg_catalog.regclass) as p
order by p.index_size desc
