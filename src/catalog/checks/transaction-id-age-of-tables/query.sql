-- Tables, materialized views and TOAST tables older than autovacuum's own limit; since 14.
-- A partitioned table has no storage and no age; the limit of a table may be set on the table.
with aged as (
  select
    r.oid,
    r.relkind,
    r.relpages,
    pg_catalog.age(r.relfrozenxid) as age_xids,
    coalesce(
      (select o.option_value::bigint
         from pg_catalog.pg_options_to_table(r.reloptions) as o
        where o.option_name = 'autovacuum_freeze_max_age'),
      pg_catalog.current_setting('autovacuum_freeze_max_age')::bigint
    ) as limit_xids
  from pg_catalog.pg_class as r
  where r.relkind in ('r', 'm', 't') and r.relfrozenxid <> '0'::pg_catalog.xid
    and r.relpersistence <> 't'
)
select c.examined, f.object, f.age_xids, f.limit_xids, f.size_bytes, f.is_toast
from (select count(*) as examined from aged) as c
left join (
  select
    coalesce(
      (select pg_catalog.format('%I.%I', pn.nspname, p.relname)
         from pg_catalog.pg_class as p
         join pg_catalog.pg_namespace as pn on pn.oid = p.relnamespace
        where a.relkind = 't' and p.reltoastrelid = a.oid),
      (select pg_catalog.format('%I.%I', n.nspname, r.relname)
         from pg_catalog.pg_class as r
         join pg_catalog.pg_namespace as n on n.oid = r.relnamespace
        where r.oid = a.oid)
    ) as object,
    a.age_xids,
    a.limit_xids,
    a.relpages::bigint * pg_catalog.current_setting('block_size')::bigint as size_bytes,
    a.relkind = 't' as is_toast
  from aged as a
  where a.age_xids >= a.limit_xids * $1::float8 / 100
  order by a.age_xids::float8 / a.limit_xids desc
  limit 100
) as f on true
