-- Tables, materialized views and TOAST tables older than autovacuum's own limit; since 14.
-- A partitioned table has no storage and no age; the limit of a table may be set on the table.
with settings as materialized (
  select pg_catalog.current_setting('autovacuum_freeze_max_age')::bigint as freeze_max_age
),
aged as materialized (
  select
    r.oid,
    r.relkind,
    r.relpages,
    pg_catalog.age(r.relfrozenxid) as age_xids,
    coalesce(
      (select o.option_value::bigint
         from pg_catalog.pg_options_to_table(r.reloptions) as o
        where r.reloptions is not null and o.option_name = 'autovacuum_freeze_max_age'),
      s.freeze_max_age
    ) as limit_xids
  from pg_catalog.pg_class as r
  cross join settings as s
  where r.relkind in ('r', 'm', 't') and r.relfrozenxid <> '0'::pg_catalog.xid
    and r.relpersistence <> 't'
),
worst as materialized (
  select a.oid, a.relkind, a.relpages, a.age_xids, a.limit_xids
  from aged as a
  where a.age_xids >= a.limit_xids * $1::float8 / 100
  order by a.age_xids::float8 / a.limit_xids desc
  limit 100
)
select c.examined, f.object, f.age_xids, f.limit_xids, f.size_bytes, f.is_toast
from (select count(*) as examined from aged) as c
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, r.relname) as object,
    w.age_xids,
    w.limit_xids,
    w.relpages::bigint * pg_catalog.current_setting('block_size')::bigint as size_bytes,
    w.relkind = 't' as is_toast
  from worst as w
  -- A TOAST table is named by its table. One pass finds all: no index leads to an owner.
  left join pg_catalog.pg_class as p on w.relkind = 't' and p.reltoastrelid = w.oid
  join pg_catalog.pg_class as r on r.oid = coalesce(p.oid, w.oid)
  join pg_catalog.pg_namespace as n on n.oid = r.relnamespace
) as f on true
order by f.age_xids::float8 / f.limit_xids desc
