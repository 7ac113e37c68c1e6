-- Materialized views that are empty for want of a refresh, or cannot be refreshed concurrently;
-- since 14.
with view as materialized (
  select
    c.oid, c.relname, c.relnamespace, c.relispopulated,
    c.relpages * pg_catalog.current_setting('block_size')::int8 as size_bytes,
    -- What REFRESH MATERIALIZED VIEW CONCURRENTLY asks for: columns only, all rows, checked at once.
    exists (
      select
      from pg_catalog.pg_index as i
      where i.indrelid = c.oid
        and i.indisunique and i.indisvalid and i.indimmediate
        and i.indpred is null and i.indexprs is null
    ) as has_unique_index
  from pg_catalog.pg_class as c
  where c.relkind = 'm'
)
select
  total.examined, found.view_name, found.is_populated, found.has_unique_index, found.size_bytes
from (select pg_catalog.count(*) as examined from view) as total
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, v.relname) as view_name,
    v.relispopulated as is_populated, v.has_unique_index, v.size_bytes
  from view as v
  join pg_catalog.pg_namespace as n on n.oid = v.relnamespace
  where (not v.relispopulated or not v.has_unique_index)
    and not exists (
      select
      from pg_catalog.pg_depend as d
      where d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
        and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
        and d.objid = v.oid
    )
  order by v.relispopulated, v.size_bytes desc, v.oid
  limit 200
) as found on true
order by found.is_populated, found.size_bytes desc, found.view_name
