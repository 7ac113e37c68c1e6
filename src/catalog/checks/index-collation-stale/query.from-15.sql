-- Collations of indexes whose library sorts by another version than the one recorded; since 15.
with kind as (
  select i.indcollation, pg_catalog.count(*) as indexes
  from pg_catalog.pg_index as i
  where i.indexrelid >= 16384
  group by i.indcollation
),
used as materialized (
  select c.oid, pg_catalog.sum(k.indexes) as indexes
  from kind as k
  cross join lateral (select distinct u.oid from pg_catalog.unnest(k.indcollation) as u(oid)) as c
  where c.oid <> 0
  group by c.oid
),
recorded as materialized (
  select
    pg_catalog.format('%I.%I', n.nspname, c.collname) as object,
    false as is_database, u.indexes,
    c.collversion as recorded_version,
    pg_catalog.pg_collation_actual_version(c.oid) as actual_version
  from used as u
  join pg_catalog.pg_collation as c on c.oid = u.oid
  join pg_catalog.pg_namespace as n on n.oid = c.collnamespace
  where c.collversion is not null
  union all
  -- The default collation is the database's own.
  select
    pg_catalog.quote_ident(d.datname), true, coalesce(u.indexes, 0), d.datcollversion,
    pg_catalog.pg_database_collation_actual_version(d.oid)
  from pg_catalog.pg_database as d
  left join used as u on u.oid = 'pg_catalog."default"'::pg_catalog.regcollation
  where d.datname = pg_catalog.current_database()
    and d.datcollversion is not null
)
select
  total.examined, r.object, r.is_database, r.indexes, r.recorded_version, r.actual_version
from (select pg_catalog.count(*) as examined from recorded) as total
left join recorded as r on r.recorded_version is distinct from r.actual_version
order by r.indexes desc, r.object
limit 100
