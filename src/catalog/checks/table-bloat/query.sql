-- Space that tables take beyond what their rows need, estimated or measured; since 14.
-- $1 bytes from which a table is looked at, $2 bytes that may be read to measure, $3 percent.
-- The estimate adds up the widths of columns, from pg_stats where the role may read it. Padding
-- between columns depends on their order and on nulls, so rows are taken once without any and once
-- with all of it. A measurement reads the pages that are not all-visible and nothing else.
with tables as materialized (
  select r.oid, r.relname, r.relnamespace, r.relpages, r.relallvisible, r.reltuples,
    coalesce((
      select o.option_value::float8 from pg_catalog.pg_options_to_table(r.reloptions) as o
      where o.option_name = 'fillfactor'), 100) / 100 as fill,
    pg_catalog.current_setting('block_size')::float8 as block
  from pg_catalog.pg_class as r
  where r.relkind in ('r', 'm') and r.relpersistence <> 't' and r.relnamespace not in (
    'pg_catalog'::pg_catalog.regnamespace, 'information_schema'::pg_catalog.regnamespace)
),
candidates as materialized (
  select t.*
  from tables as t
  where t.reltuples >= 0 and t.relpages * t.block > $1::float8
  order by t.relpages desc
  limit 500
),
widths as materialized (
  select
    t.oid,
    -- A dropped column still takes room in old rows; nobody knows how much.
    pg_catalog.bool_and(not a.attisdropped and (a.attlen > 0 or s.avg_width is not null))
      as is_known,
    max(pg_catalog.ceil(pg_catalog.array_length(array[1], 1) * a.attnum / 8.0)) as bitmap,
    sum((1 - coalesce(s.null_frac, 0)) * w.width)::float8 as least_width,
    sum((1 - coalesce(s.null_frac, 0)) * (w.width + case a.attalign
      when 'd' then 7 when 'i' then 3 when 's' then 1 else 0 end))::float8 as most_width
  from candidates as t
  join pg_catalog.pg_attribute as a on a.attrelid = t.oid and a.attnum > 0
  join pg_catalog.pg_namespace as n on n.oid = t.relnamespace
  left join pg_catalog.pg_stats as s on s.schemaname = n.nspname and s.tablename = t.relname
    and s.attname = a.attname and not s.inherited
  cross join lateral (
    select case when a.attlen > 0 then a.attlen else s.avg_width end as width) as w
  group by t.oid
)
select 1 as examined
from widths
