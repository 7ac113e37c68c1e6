-- Declared tables that do not exist, and where a relation of that name does; since 14.
-- $1 schemas and $2 tables, one element each.
select
  pg_catalog.count(*) over () as examined,
  case when c.oid is null
    then pg_catalog.format('%I.%I', d.schema_name, d.table_name)
  end as table_name,
  case when c.oid is null then array(
    select pg_catalog.format('%I.%I', n.nspname, o.relname)
    from pg_catalog.pg_class as o
    join pg_catalog.pg_namespace as n on n.oid = o.relnamespace
    where o.relname = d.table_name
      and o.relkind in ('r', 'p', 'v', 'm', 'f')
      and o.relpersistence <> 't'
    order by n.nspname
    limit 5
  ) end as elsewhere
from rows from (
  pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[])
) as d(schema_name, table_name)
left join (
  select n.nspname, c.relname, c.oid
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f')
) as c on c.nspname = d.schema_name and c.relname = d.table_name
order by d.schema_name, d.table_name
