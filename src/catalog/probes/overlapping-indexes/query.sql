-- Pairs of indexes of one table where the first does nothing that the second does not; since 14.
-- "duplicate": the same in every respect; the second is the one that something needs, or the
-- older. "redundant": the first is a plain btree whose key begins the key of the second.
with recursive pair as materialized (
  select a.indexrelid as index_oid, b.indexrelid as twin_oid
  from pg_catalog.pg_index as a
  join pg_catalog.pg_index as b
    on b.indrelid = a.indrelid
    and b.indkey[0] = a.indkey[0]
    and b.indexrelid <> a.indexrelid
  where a.indexrelid >= 16384
    and a.indnkeyatts <= b.indnkeyatts
),
side as materialized (
  select
    i.indexrelid, i.indrelid, i.indnkeyatts as keys, i.indkey::int2[] as columns,
    i.indclass::oid[] as classes, i.indcollation::oid[] as collations,
    i.indoption::int2[] as options, i.indisunique, i.indimmediate, i.indisexclusion, i.indpred,
    -- A column of 15 and later.
    pg_catalog.to_jsonb(i) -> 'indnullsnotdistinct' as nulls_not_distinct,
    c.relname, c.relnamespace, c.relkind, c.relpages, c.relispartition, c.reloptions,
    am.amname, k.conname,
    -- What needs an index, strongest first: of two alike the one with the lower number stays.
    case
      when i.indisprimary then 0
      when k.oid is not null then 1
      when i.indisreplident then 2
      when i.indisunique and exists (
        select
        from pg_catalog.pg_depend as d
        where d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
          and d.refobjid = i.indexrelid
          and d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
      ) then 3
      when c.relispartition then 4
      when i.indisclustered then 5
      else 6
    end as need
  from (select p.index_oid as oid from pair as p union select p.twin_oid from pair as p) as one
  join pg_catalog.pg_index as i on i.indexrelid = one.oid
  join pg_catalog.pg_class as c on c.oid = i.indexrelid
  join pg_catalog.pg_am as am on am.oid = c.relam
  left join pg_catalog.pg_constraint as k
    on k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')
  where c.relpersistence <> 't'
    and i.indislive
    -- The index of a partitioned table is "not valid" while a partition lacks its part of it.
    and (i.indisvalid or c.relkind = 'I')
),
-- What the vectors can tell; few pairs are left for the expensive comparisons.
alike as materialized (
  select
    p.index_oid, p.twin_oid,
    a.columns = b.columns and a.keys = b.keys and a.indisunique = b.indisunique
      and a.indimmediate = b.indimmediate and not a.indisexclusion and not b.indisexclusion
      and a.nulls_not_distinct is not distinct from b.nulls_not_distinct
      -- Settings of a btree or hash say how it is stored; those of others, what it can answer.
      and (a.amname in ('btree', 'hash') or a.reloptions is not distinct from b.reloptions)
      as is_duplicate
  from pair as p
  join side as a on a.indexrelid = p.index_oid
  join side as b on b.indexrelid = p.twin_oid
  where a.amname = b.amname
    and a.columns[:a.keys - 1] = b.columns[:a.keys - 1]
    and a.classes[:a.keys - 1] = b.classes[:a.keys - 1]
    and a.collations[:a.keys - 1] = b.collations[:a.keys - 1]
    and a.options[:a.keys - 1] = b.options[:a.keys - 1]
    -- The parts of partitioned indexes are told once, at the root.
    and not (a.relispartition and b.relispartition)
    and (a.indpred is null) = (b.indpred is null)
),
-- Each index once: as a duplicate where it is one, else beside the narrowest that covers it.
found as materialized (
  select distinct on (l.index_oid)
    l.index_oid, l.twin_oid, a.relpages,
    case when l.is_duplicate then 'duplicate' else 'redundant' end as relation
  from alike as l
  join side as a on a.indexrelid = l.index_oid
  join side as b on b.indexrelid = l.twin_oid
  where case
      when l.is_duplicate then (a.need, a.indexrelid) > (b.need, b.indexrelid)
      -- Same key, neither unique, the same columns included in another order: told once.
      else a.amname = 'btree' and not a.indisunique and not a.indisexclusion
        and a.columns[a.keys:] <@ b.columns
        and (a.keys < b.keys or b.indisunique or not b.columns[b.keys:] <@ a.columns
          or a.indexrelid > b.indexrelid)
    end
    -- A stored expression holds its place in the statement, so only its text can be compared.
    and not exists (
      select
      from pg_catalog.generate_series(1, a.keys) as k(number)
      where a.columns[k.number - 1] = 0
        and pg_catalog.pg_get_indexdef(l.index_oid, k.number, false)
          is distinct from pg_catalog.pg_get_indexdef(l.twin_oid, k.number, false)
    )
    and (a.indpred is null
      or pg_catalog.pg_get_expr(a.indpred, a.indrelid)
        = pg_catalog.pg_get_expr(b.indpred, b.indrelid))
    -- Parameters of operator classes, such as siglen of gist_trgm_ops.
    and not exists (
      select
      from pg_catalog.pg_attribute as x
      join pg_catalog.pg_attribute as y on y.attrelid = l.twin_oid and y.attnum = x.attnum
      where x.attrelid = l.index_oid
        and x.attnum <= a.keys
        and x.attoptions is distinct from y.attoptions
    )
  order by l.index_oid, l.is_duplicate desc, b.keys, b.need, l.twin_oid
),
worst as materialized (
  select f.index_oid, f.twin_oid, f.relation, f.place
  from (
    select
      f.index_oid, f.twin_oid, f.relation,
      pg_catalog.row_number() over (
        partition by f.relation order by f.relpages desc, f.index_oid
      ) as place
    from found as f
  ) as f
  where f.place <= 100
),
-- The pages of a partitioned index are those of its parts.
tree as (
  select s.indexrelid as root, s.indexrelid as oid
  from side as s
  where s.relkind = 'I'
    and exists (select from worst as f where s.indexrelid in (f.index_oid, f.twin_oid))
  union all
  select t.root, h.inhrelid
  from tree as t
  join pg_catalog.pg_inherits as h on h.inhparent = t.oid
),
parts as (
  select t.root, pg_catalog.sum(c.relpages) as pages
  from tree as t
  join pg_catalog.pg_class as c on c.oid = t.oid
  group by t.root
)
select
  total.examined, pairs.relation, pairs.index, pairs.twin, pairs.table,
  pairs.pages * block.size_bytes as size_bytes, pairs.twin_pages * block.size_bytes
    as twin_size_bytes,
  pairs.constraint, pairs.twin_constraint, pairs.is_twin_unique, pairs.definition,
  pairs.twin_definition
from (
  select pg_catalog.count(*) as examined
  from pg_catalog.pg_index as i
  where i.indexrelid >= 16384
) as total
cross join (select pg_catalog.current_setting('block_size')::int8 as size_bytes) as block
left join (
  select
    f.relation, f.place,
    pg_catalog.format('%I.%I', n.nspname, a.relname) as index,
    pg_catalog.format('%I.%I', n.nspname, b.relname) as twin,
    pg_catalog.format('%I.%I', n.nspname, t.relname) as table,
    case when a.relkind = 'I' then a_parts.pages else a.relpages end as pages,
    case when b.relkind = 'I' then b_parts.pages else b.relpages end as twin_pages,
    a.conname::text as constraint,
    b.conname::text as twin_constraint,
    b.indisunique as is_twin_unique,
    pg_catalog.pg_get_indexdef(f.index_oid) as definition,
    pg_catalog.pg_get_indexdef(f.twin_oid) as twin_definition
  from worst as f
  join side as a on a.indexrelid = f.index_oid
  join side as b on b.indexrelid = f.twin_oid
  join pg_catalog.pg_class as t on t.oid = a.indrelid
  join pg_catalog.pg_namespace as n on n.oid = t.relnamespace
  left join parts as a_parts on a_parts.root = f.index_oid
  left join parts as b_parts on b_parts.root = f.twin_oid
) as pairs on true
order by pairs.relation, pairs.place
