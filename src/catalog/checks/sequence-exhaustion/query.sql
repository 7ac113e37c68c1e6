-- Sequences that have used most of the numbers they can give; since 14.
-- $1 is the percentage from which a sequence is told.
with sequence as materialized (
  select
    c.oid, c.relname, c.relnamespace, s.seqincrement as step, s.seqcycle, s.seqmin, s.seqmax,
    pg_catalog.has_sequence_privilege(c.oid, 'SELECT, USAGE') as is_readable
  from pg_catalog.pg_sequence as s
  join pg_catalog.pg_class as c on c.oid = s.seqrelid
  where c.relpersistence <> 't'
    -- A standby has no data of an unlogged sequence.
    and (c.relpersistence = 'p' or not pg_catalog.pg_is_in_recovery())
),
-- Each one read is locked until the transaction ends, and the lock table is finite: where there
-- are more, those that were used most since the counters began come first.
readable as materialized (
  select s.*, pg_catalog.pg_sequence_last_value(s.oid) as last_value
  from (
    select s.*
    from sequence as s
    where s.is_readable
    order by
      case when (select pg_catalog.count(*) from sequence) > 1000
        then pg_catalog.pg_stat_get_blocks_fetched(s.oid)
      end desc,
      s.seqmax, s.oid
    limit 1000
  ) as s
),
-- Even a smallint column is not near its end before these.
advanced as materialized (
  select r.*
  from readable as r
  where case when r.step > 0
    then r.last_value >= least(
      32767 * $1::float8 / 100,
      r.seqmin + (r.seqmax::float8 - r.seqmin) * $1::float8 / 100
    )
    else r.last_value <= greatest(
      -32768 * $1::float8 / 100,
      r.seqmax - (r.seqmax::float8 - r.seqmin) * $1::float8 / 100
    )
  end
),
bounded as (
  select
    a.oid, a.relname, a.relnamespace, a.step, a.last_value::numeric, o.relation, o.attname,
    o.atttypid,
    case when a.step > 0 then a.seqmin else a.seqmax end::numeric as first_number,
    case
      when a.step > 0 then least(a.seqmax, o.maximum) else greatest(a.seqmin, -o.maximum - 1)
    end::numeric as last_number
  from advanced as a
  -- The column that overflows first.
  left join lateral (
    select u.relation, t.attname, t.atttypid, w.maximum
    from (
      -- Serial ('a') and identity ('i') columns own their sequence.
      select d.refobjid as relation, d.refobjsubid as number
      from pg_catalog.pg_depend as d
      where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
        and d.objid = a.oid
        and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
        and d.refobjsubid > 0
        and d.deptype in ('a', 'i')
      union all
      -- A default can call a sequence that its column does not own.
      select f.adrelid, f.adnum
      from pg_catalog.pg_depend as d
      join pg_catalog.pg_attrdef as f on f.oid = d.objid
      where d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
        and d.refobjid = a.oid
        and d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
    ) as u
    join pg_catalog.pg_class as r on r.oid = u.relation
    join pg_catalog.pg_attribute as t on t.attrelid = u.relation and t.attnum = u.number
    join pg_catalog.pg_type as y on y.oid = t.atttypid
    left join (
      values
        ('pg_catalog.int2'::pg_catalog.regtype, 32767::numeric),
        ('pg_catalog.int4'::pg_catalog.regtype, 2147483647),
        ('pg_catalog.int8'::pg_catalog.regtype, 9223372036854775807)
    ) as w(type, maximum)
      on w.type = case when y.typtype = 'd' then y.typbasetype else y.oid end
    order by w.maximum nulls last, r.reltuples desc, u.relation
    limit 1
  ) as o on true
  where not (
    -- Starts again by itself, unless the column is too narrow for it to get there.
    a.seqcycle and coalesce(
      case when a.step > 0 then a.seqmax <= o.maximum else a.seqmin >= -o.maximum - 1 end, true
    )
  )
),
used as (
  select
    b.*,
    least(100, 100 * coalesce(
      (b.last_value - b.first_number) / nullif(b.last_number - b.first_number, 0), 1
    ))::float8 as used_percent,
    greatest(0, pg_catalog.div(b.last_number - b.last_value, b.step)) as numbers_left
  from bounded as b
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
      pg_catalog.array_agg(distinct pg_catalog.quote_ident(n.nspname)), '{}'
    )::text[] as unreadable_schemas
  from sequence as s
  join pg_catalog.pg_namespace as n on n.oid = s.relnamespace
  where not s.is_readable
    -- What an extension keeps for itself is seldom granted and never full.
    and not exists (
      select
      from pg_catalog.pg_depend as d
      where d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
        and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
        and d.objid = s.oid
    )
) as blind
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, u.relname) as sequence,
    case when c.oid is not null
      then pg_catalog.format('%I.%I.%I', cn.nspname, c.relname, u.attname)
    end as column_name,
    pg_catalog.format_type(u.atttypid, null) as column_type,
    u.last_value, u.last_number, u.numbers_left, u.used_percent
  from used as u
  join pg_catalog.pg_namespace as n on n.oid = u.relnamespace
  left join pg_catalog.pg_class as c on c.oid = u.relation
  left join pg_catalog.pg_namespace as cn on cn.oid = c.relnamespace
  where u.used_percent >= $1::float8
  order by u.used_percent desc, u.oid
  limit 100
) as found on true
order by found.used_percent desc, found.sequence
