-- Space that unique B-tree indexes take beyond what their entries need, by estimate; since 14.
-- $1 bytes: smaller indexes cannot waste that much. $2 percent.
-- Equal keys of an index that is not unique may share an entry (deduplication, since 13), so its
-- size tells nothing; nor do expressions, whose widths nobody recorded.
with indexes as materialized (
  select i.indexrelid as oid, i.indrelid, i.indkey, r.relname, r.relnamespace, r.relpages,
    r.reltuples, s.block, r.relpages * s.block as size_bytes,
    i.indisunique and i.indisvalid and i.indexprs is null and r.reltuples >= 0 as is_simple,
    coalesce((
      select o.option_value::float8 from pg_catalog.pg_options_to_table(r.reloptions) as o
      where o.option_name = 'fillfactor'), 90) / 100 as fill
  from pg_catalog.pg_index as i
  join pg_catalog.pg_class as r on r.oid = i.indexrelid
  join pg_catalog.pg_am as m on m.oid = r.relam and m.amname = 'btree'
  cross join (select pg_catalog.current_setting('block_size')::float8 as block) as s
  where r.relkind = 'i' and r.relpersistence <> 't' and i.indrelid >= 16384
    and r.relnamespace <> 'pg_toast'::pg_catalog.regnamespace
),
candidates as materialized (
  select x.*
  from indexes as x
  where x.is_simple and x.size_bytes > $1::float8
  order by x.size_bytes desc
  limit 500
),
widths as materialized (
  select x.oid,
    pg_catalog.bool_and(w.width is not null) as is_known,
    sum((1 - coalesce(s.null_frac, 0)) * w.width)::float8 as data,
    sum(case when a.attalign = 'd' then 7 when a.attalign = 'i' then 3 when a.attalign = 's' then 1
      else 0 end) as padding,
    pg_catalog.bool_or(coalesce(s.null_frac, 0) > 0) as has_nulls
  from candidates as x
  join pg_catalog.pg_class as t on t.oid = x.indrelid
  join pg_catalog.pg_namespace as n on n.oid = t.relnamespace
  cross join lateral pg_catalog.unnest(x.indkey::int2[]) as k (attnum)
  join pg_catalog.pg_attribute as a on a.attrelid = x.indrelid and a.attnum = k.attnum
  left join pg_catalog.pg_stats as s on s.schemaname = n.nspname and s.tablename = t.relname
    and s.attname = a.attname and not s.inherited
  cross join lateral (
    select case when a.attlen > 0 then a.attlen else s.avg_width end as width) as w
  group by x.oid
),
-- An entry has a header of 8 bytes, a line pointer of 4 and an end padded to 8; a page has 24 bytes
-- of header, 16 at its end and one high key; pages above the leaves are less than 1 %.
shares as materialized (
  select x.*,
    greatest(0, 1 - p.least_pages / x.relpages) as most_share,
    greatest(0, 1 - p.most_pages / x.relpages) as least_share
  from candidates as x
  join widths as w on w.oid = x.oid and w.is_known
  cross join lateral (
    select 12 + w.data as least_entry,
      12 + case when w.has_nulls then 8 else 0 end + w.data + w.padding + 7 as most_entry
  ) as e
  cross join lateral (
    select (x.block - 40) * x.fill - e.least_entry as least_room,
      (x.block - 40) * x.fill - 2 * e.most_entry as most_room
  ) as u
  cross join lateral (
    select 1 + x.reltuples * e.least_entry / u.least_room as least_pages,
      2 + 1.02 * x.reltuples * e.most_entry / greatest(u.most_room, e.most_entry) as most_pages
  ) as p
)
select c.examined, c.unknown, f.object, f.index_on, f.size_bytes, f.least_share, f.most_share
from (
  select
    (select count(*) from indexes as x where x.size_bytes <= $1::float8)
      + (select count(*) from shares) as examined,
    (select count(*) from indexes as x where x.size_bytes > $1::float8)
      - (select count(*) from shares) as unknown
) as c
left join (
  select pg_catalog.format('%I.%I', n.nspname, s.relname) as object,
    pg_catalog.format('%I.%I', tn.nspname, t.relname) as index_on,
    s.size_bytes, s.least_share, s.most_share
  from shares as s
  join pg_catalog.pg_namespace as n on n.oid = s.relnamespace
  join pg_catalog.pg_class as t on t.oid = s.indrelid
  join pg_catalog.pg_namespace as tn on tn.oid = t.relnamespace
  where s.least_share * 100 >= $2::float8 and s.least_share * s.size_bytes >= $1::float8
  order by s.least_share * s.size_bytes desc
  limit 100
) as f on true
