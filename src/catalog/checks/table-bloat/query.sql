-- Space that tables take beyond what their rows need, measured or estimated; since 14.
-- $1 bytes: smaller tables cannot waste that much. $2 bytes: may be read to measure. $3 percent.
-- Row widths come from pg_stats, where the role may read it. How much padding lies between columns
-- is not known, so rows are taken once without any and once with all that alignment could ask for.
with tables as materialized (
  select r.oid, r.relname, r.relnamespace, r.relpages, r.reltuples, s.block,
    -- Before its first vacuum or analyze nobody noted how large a table is.
    case when r.reltuples < 0 then pg_catalog.pg_relation_size(r.oid)
      else r.relpages * s.block end as size_bytes,
    greatest(r.relpages - r.relallvisible, 0) * s.block as unvisited_bytes,
    coalesce((
      select o.option_value::float8 from pg_catalog.pg_options_to_table(r.reloptions) as o
      where o.option_name = 'fillfactor'), 100) / 100 as fill
  from pg_catalog.pg_class as r
  join pg_catalog.pg_am as m on m.oid = r.relam and m.amname = 'heap'
  cross join (select pg_catalog.current_setting('block_size')::float8 as block) as s
  where r.relkind in ('r', 'm') and r.relpersistence <> 't' and r.relnamespace not in (
    'pg_catalog'::pg_catalog.regnamespace, 'information_schema'::pg_catalog.regnamespace)
    -- Whoever looks at the table's pages waits behind this lock.
    and not exists (
      select from pg_catalog.pg_locks as l
      where l.relation = r.oid and l.mode = 'AccessExclusiveLock')
),
candidates as materialized (
  select t.*
  from tables as t
  where t.reltuples >= 0 and t.size_bytes > $1::float8
  order by t.size_bytes desc
  limit 500
),
columns as (
  select t.oid, a.attnum, a.attisdropped, a.attnotnull, a.attlen, w.align_bytes,
    pg_catalog.lag(a.attlen) over w_table as before_length,
    pg_catalog.lag(w.align_bytes) over w_table as before_align,
    pg_catalog.lag(a.attnotnull and not a.attisdropped) over w_table as before_is_there,
    coalesce(s.null_frac, 0) as null_share,
    case when a.attlen > 0 then a.attlen else s.avg_width end as width
  from candidates as t
  join pg_catalog.pg_namespace as n on n.oid = t.relnamespace
  join pg_catalog.pg_attribute as a on a.attrelid = t.oid and a.attnum > 0
  left join pg_catalog.pg_stats as s on s.schemaname = n.nspname and s.tablename = t.relname
    and s.attname = a.attname and not s.inherited
  cross join lateral (select case
    -- A short value of variable length has a header of one byte and is not aligned.
    when a.attlen = -1 and s.avg_width < 100 then 1
    when a.attalign = 'd' then 8 when a.attalign = 'i' then 4 when a.attalign = 's' then 2
    else 1 end as align_bytes) as w
  window w_table as (partition by t.oid order by a.attnum)
),
widths as materialized (
  select c.oid,
    -- A dropped column still takes room in old rows; nobody knows how much.
    pg_catalog.bool_and(not c.attisdropped and c.width is not null) as is_known,
    -- The bitmap of nulls follows the 23 bytes of the header, and both are padded to 8.
    case when pg_catalog.bool_and(c.attnotnull) then 24
      else 8 * pg_catalog.ceil((23 + pg_catalog.ceil(max(c.attnum) / 8.0)) / 8.0) end as header,
    sum((1 - c.null_share) * c.width)::float8 as data,
    sum((1 - c.null_share) * case
      when c.before_length is null then 0
      when c.before_is_there and c.before_align >= c.align_bytes
        and c.before_length > 0 and c.before_length % c.align_bytes = 0 then 0
      else c.align_bytes - 1 end)::float8 as padding
  from columns as c
  group by c.oid
),
estimates as materialized (
  select t.*,
    case when w.is_known then greatest(0, 1 - t.reltuples * (w.header + w.data + 4)
      / (t.relpages * u.usable)) end as most_share,
    -- At worst every page ends with a gap in which just no row had room.
    case when w.is_known then greatest(0, 1 - t.reltuples * (w.header + w.data + w.padding + 11)
      / (t.relpages * greatest(u.usable - (w.header + w.data + w.padding + 11),
        u.usable / 2))) end as least_share
  from candidates as t
  join widths as w on w.oid = t.oid
  cross join lateral (select (t.block - 24) * t.fill as usable) as u
),
-- The extension may not be installed, so its function is called by a text made here.
measure as materialized (
  select p.oid::pg_catalog.regproc::text as name
  from pg_catalog.pg_extension as e
  join pg_catalog.pg_proc as p on p.pronamespace = e.extnamespace
    and p.proname = 'pgstattuple_approx'
  where e.extname = 'pgstattuple' and pg_catalog.has_function_privilege(p.oid, 'execute')
    and pg_catalog.has_schema_privilege(e.extnamespace, 'usage')
),
measured as materialized (
  select d.oid,
    pg_catalog.query_to_xml(pg_catalog.format(
      'select table_len as size, approx_free_space + dead_tuple_len as free from %s(%s)',
      m.name, d.oid), false, false, '')::text as answer
  from (
    select e.oid, sum(e.unvisited_bytes) over (order by e.size_bytes desc, e.oid) as read_bytes
    from estimates as e
    where e.most_share is null
      or e.most_share * 100 >= $3::float8 and e.most_share * e.size_bytes >= $1::float8
  ) as d
  cross join measure as m
  where d.read_bytes <= $2::float8
),
shares as materialized (
  select e.oid, e.relname, e.relnamespace, m.oid is not null as is_measured,
    coalesce(x.size_bytes, e.size_bytes) as size_bytes,
    coalesce(x.free_share, e.least_share) as least_share,
    coalesce(x.free_share, e.most_share) as most_share
  from estimates as e
  left join measured as m on m.oid = e.oid
  left join lateral (
    select f.size_bytes,
      greatest(0, f.free_bytes / nullif(f.size_bytes, 0) - (1 - e.fill)) as free_share
    from (select
      pg_catalog.substring(m.answer, '<size>([^<]+)</size>')::float8 as size_bytes,
      pg_catalog.substring(m.answer, '<free>([^<]+)</free>')::float8 as free_bytes) as f
  ) as x on m.oid is not null
)
select c.examined, c.unknown, c.can_measure, f.object, f.is_measured, f.size_bytes, f.least_share,
  f.most_share
from (
  select
    (select count(*) from tables as t where t.reltuples >= 0 and t.size_bytes <= $1::float8)
      + (select count(*) from shares as s where s.least_share is not null) as examined,
    (select count(*) from tables as t where t.size_bytes > $1::float8)
      - (select count(*) from shares as s where s.least_share is not null) as unknown,
    exists (select from measure) as can_measure
) as c
left join (
  select pg_catalog.format('%I.%I', n.nspname, s.relname) as object, s.is_measured, s.size_bytes,
    s.least_share, s.most_share
  from shares as s
  join pg_catalog.pg_namespace as n on n.oid = s.relnamespace
  where s.least_share * 100 >= $3::float8 and s.least_share * s.size_bytes >= $1::float8
  order by s.least_share * s.size_bytes desc
  limit 100
) as f on true
