-- Sequences that have used most of the numbers they can give; since 14.
-- $1 is the percentage from which a sequence is told.
with column_of as (
  -- Serial ('a') and identity ('i') columns own their sequence.
  select d.objid as sequence, d.refobjid as relation, d.refobjsubid as number
  from pg_catalog.pg_sequence as s
  join pg_catalog.pg_depend as d on d.objid = s.seqrelid
  where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
    and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
    and d.refobjsubid > 0
    and d.deptype in ('a', 'i')
  union
  -- A default can call a sequence that its column does not own.
  select s.seqrelid, f.adrelid, f.adnum
  from pg_catalog.pg_attrdef as f
  join pg_catalog.pg_depend as d on d.objid = f.oid
  join pg_catalog.pg_sequence as s on s.seqrelid = d.refobjid
  where d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
    and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
),
-- The column that overflows first.
narrowest as (
  select distinct on (u.sequence)
    u.sequence, u.relation, a.attname, a.atttypid, r.relname, r.relnamespace, r.reltuples,
    w.maximum
  from column_of as u
  join pg_catalog.pg_class as r on r.oid = u.relation
  join pg_catalog.pg_attribute as a on a.attrelid = u.relation and a.attnum = u.number
  join pg_catalog.pg_type as y on y.oid = a.atttypid
  left join (
    values
      ('pg_catalog.int2'::pg_catalog.regtype, 32767::numeric),
      ('pg_catalog.int4'::pg_catalog.regtype, 2147483647),
      ('pg_catalog.int8'::pg_catalog.regtype, 9223372036854775807)
  ) as w(type, maximum) on w.type = case when y.typtype = 'd' then y.typbasetype else y.oid end
  order by u.sequence, w.maximum nulls last, r.reltuples desc, u.relation
),
sequence as materialized (
  select
    c.oid, c.relname, n.nspname, s.seqincrement as step, o.relation, o.attname, o.atttypid,
    o.relname as column_table, o.relnamespace as column_schema,
    case when s.seqincrement > 0 then s.seqmin else s.seqmax end::numeric as first_number,
    case
      when s.seqincrement > 0 then least(s.seqmax, o.maximum)
      else greatest(s.seqmin, -o.maximum - 1)
    end::numeric as last_number,
    -- Starts again by itself, unless the column is too narrow for it to get there.
    s.seqcycle and case
      when s.seqincrement > 0 then s.seqmax <= coalesce(o.maximum, s.seqmax)
      else s.seqmin >= coalesce(-o.maximum - 1, s.seqmin)
    end as is_endless,
    greatest(o.reltuples, 0) as row_count,
    pg_catalog.has_sequence_privilege(c.oid, 'SELECT, USAGE') as is_readable
  from pg_catalog.pg_sequence as s
  join pg_catalog.pg_class as c on c.oid = s.seqrelid
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  left join narrowest as o on o.sequence = s.seqrelid
  where c.relpersistence <> 't'
    -- A standby has no data of an unlogged sequence.
    and (c.relpersistence = 'p' or not pg_catalog.pg_is_in_recovery())
),
-- Each one read is locked until the transaction ends, and the lock table is finite: where there
-- are very many, those whose table holds the largest share of the numbers come first.
readable as materialized (
  select s.*, pg_catalog.pg_sequence_last_value(s.oid)::numeric as last_value
  from (
    select s.*
    from sequence as s
    where s.is_readable
    order by
      s.row_count / greatest(pg_catalog.abs(s.last_number - s.first_number), 1) desc,
      pg_catalog.abs(s.last_number - s.first_number), s.oid
    limit 1000
  ) as s
),
used as (
  select
    r.*,
    least(100, 100 * coalesce(
      (r.last_value - r.first_number) / nullif(r.last_number - r.first_number, 0), 1
    ))::float8 as used_percent,
    greatest(0, pg_catalog.div(r.last_number - r.last_value, r.step)) as numbers_left
  from readable as r
  where r.last_value is not null and not r.is_endless
)
select
  (select pg_catalog.count(*) from readable) as examined,
  blind.unreadable, blind.unreadable_schemas,
  found.sequence, found.column_name, found.column_type, found.last_value, found.last_number,
  found.numbers_left, found.used_percent
from (
  select
    pg_catalog.count(*) as unreadable,
    coalesce(
      pg_catalog.array_agg(distinct pg_catalog.quote_ident(s.nspname)), '{}'
    )::text[] as unreadable_schemas
  from sequence as s
  where not s.is_readable
) as blind
left join (
  select
    pg_catalog.format('%I.%I', u.nspname, u.relname) as sequence,
    case when u.relation is not null then pg_catalog.format(
      '%I.%I.%I', (
        select n.nspname from pg_catalog.pg_namespace as n where n.oid = u.column_schema
      ), u.column_table, u.attname
    ) end as column_name,
    pg_catalog.format_type(u.atttypid, null) as column_type,
    u.last_value, u.last_number, u.numbers_left, u.used_percent
  from used as u
  where u.used_percent >= $1::float8
  order by u.used_percent desc, u.oid
  limit 100
) as found on true
order by found.used_percent desc, found.sequence
