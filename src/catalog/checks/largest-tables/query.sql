-- Tables that make up much of their database, by the pages that vacuum counted; since 14.
-- $1 share of the database in percent, $2 size in bytes: a table is told above both.
with total as materialized (
  select
    pg_catalog.sum(c.relpages::float8) * pg_catalog.current_setting('block_size')::int8
      as size_bytes,
    pg_catalog.count(*) filter (
      where c.relkind in ('r', 'm') and c.oid >= 16384
    ) as examined
  from pg_catalog.pg_class as c
  where c.relkind in ('r', 'm', 't', 'i')
),
relation as materialized (
  select
    c.oid, c.relname, c.relnamespace, c.relkind, c.reltoastrelid, c.reltuples,
    c.relpages * pg_catalog.current_setting('block_size')::int8 as size_bytes
  from pg_catalog.pg_class as c
  where c.relkind in ('r', 'm', 't', 'i')
    -- What is smaller than a thousandth of the limit adds nothing that matters.
    and c.relpages >= $2::float8 / pg_catalog.current_setting('block_size')::int8 / 1000
    -- Where all of the database is smaller, no table can be larger.
    and (select t.size_bytes from total as t) >= $2::float8
),
-- Indexes of a table and of its TOAST table alike.
indexes as materialized (
  select i.indrelid as oid, pg_catalog.sum(r.size_bytes)::int8 as size_bytes
  from relation as r
  join pg_catalog.pg_index as i on i.indexrelid = r.oid
  where r.relkind = 'i'
  group by i.indrelid
),
weighed as (
  select
    r.oid, r.relname, r.relnamespace, r.reltuples, r.size_bytes as heap_bytes,
    coalesce(t.size_bytes, 0) + coalesce(ti.size_bytes, 0) as toast_bytes,
    coalesce(i.size_bytes, 0) as index_bytes
  from relation as r
  left join relation as t on t.oid = r.reltoastrelid
  left join indexes as ti on ti.oid = r.reltoastrelid
  left join indexes as i on i.oid = r.oid
  where r.relkind in ('r', 'm') and r.oid >= 16384
)
select
  total.examined, found.table_name, found.row_count, found.heap_bytes, found.toast_bytes,
  found.index_bytes, found.share_percent
from total
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, w.relname) as table_name,
    greatest(w.reltuples, 0)::float8 as row_count, w.heap_bytes, w.toast_bytes, w.index_bytes,
    100 * (w.heap_bytes + w.toast_bytes + w.index_bytes) / t.size_bytes as share_percent
  from weighed as w
  cross join total as t
  join pg_catalog.pg_namespace as n on n.oid = w.relnamespace
  where w.heap_bytes + w.toast_bytes + w.index_bytes >= $2::float8
    and w.heap_bytes + w.toast_bytes + w.index_bytes >= t.size_bytes * $1::float8 / 100
  order by w.heap_bytes + w.toast_bytes + w.index_bytes desc, w.oid
  limit 100
) as found on true
order by found.share_percent desc, found.table_name
