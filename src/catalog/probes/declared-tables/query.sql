-- Reads the age and number of rows of declared tables, each by a statement made here; since 14.
-- One element for each table: $1 schemas, $2 tables, $3 columns with a time, $4 columns with a
-- status or null, $5 the status that counts, $6 rows counted at most, $7 how far back the newest
-- row is looked for if only a coarse index helps, in ms.
with declared as (
  select d.*
  from rows from (
    pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[]), pg_catalog.unnest($3::text[]),
    pg_catalog.unnest($4::text[]), pg_catalog.unnest($5::text[]), pg_catalog.unnest($6::float8[]),
    pg_catalog.unnest($7::float8[])
  ) with ordinality as d(
    schema_name, table_name, time_column, status_column, pending, most, within_ms, place
  )
),
resolved as materialized (
  select
    d.*, n.oid as namespace, c.oid as relation, c.relkind,
    t.attnum as time_number, s.attnum as status_number, st.typcategory as status_category,
    coalesce(nullif(tt.typbasetype, 0), tt.oid) as time_type,
    coalesce(nullif(st.typbasetype, 0), st.oid) as status_type,
    case
      when c.relkind = 'p' then (
        select pg_catalog.sum(pg_catalog.pg_relation_size(p.relid))
        from pg_catalog.pg_partition_tree(c.oid) as p
        where p.isleaf
      )
      when c.relkind in ('r', 'm') then pg_catalog.pg_relation_size(c.oid)
    end as size_bytes,
    c.oid is not null and pg_catalog.row_security_active(c.oid) as is_restricted
  from declared as d
  left join pg_catalog.pg_namespace as n on n.nspname = d.schema_name
  left join pg_catalog.pg_class as c
    on c.relnamespace = n.oid and c.relname = d.table_name and c.relkind in ('r', 'p', 'm', 'v')
  left join pg_catalog.pg_attribute as t
    on t.attrelid = c.oid and t.attname = d.time_column and t.attnum > 0
  left join pg_catalog.pg_type as tt on tt.oid = t.atttypid
  left join pg_catalog.pg_attribute as s
    on s.attrelid = c.oid and s.attname = d.status_column and s.attnum > 0
  left join pg_catalog.pg_type as st on st.oid = s.atttypid
),
indexed as materialized (
  select
    r.place,
    pg_catalog.bool_or(i.indpred is null and i.indkey[0] = r.time_number) as finds_time,
    pg_catalog.bool_or(
      i.indpred is null and i.indkey[0] = r.time_number and m.amname = 'btree'
    ) as orders_time,
    pg_catalog.bool_or(
      i.indkey[0] = r.status_number
      -- A partial index made for the status.
      or pg_catalog.strpos(
        pg_catalog.pg_get_expr(i.indpred, i.indrelid), pg_catalog.quote_ident(r.status_column)
      ) > 0
    ) as finds_status
  from resolved as r
  join pg_catalog.pg_index as i on i.indrelid = r.relation and i.indisvalid
  join pg_catalog.pg_class as c on c.oid = i.indexrelid
  join pg_catalog.pg_am as m on m.oid = c.relam
  group by r.place
),
judged as materialized (
  select
    r.*,
    -- A table of 100 MB is read in a moment; a view tells nothing about what it costs.
    coalesce(r.size_bytes, 0) <= 104857600 as is_small,
    coalesce(i.orders_time, false) as orders_time,
    case
      when r.relation is null then 'missing'
      when r.time_number is null or (r.status_column is not null and r.status_number is null)
        then 'no-column'
      when r.time_type not in (
        'pg_catalog.timestamptz'::pg_catalog.regtype,
        'pg_catalog.timestamp'::pg_catalog.regtype, 'pg_catalog.date'::pg_catalog.regtype
      ) then 'no-time'
      when r.status_category = 'E' and not exists (
        select from pg_catalog.pg_enum as e
        where e.enumtypid = r.status_type and e.enumlabel = r.pending
      ) then 'no-status'
      when not pg_catalog.has_schema_privilege(r.namespace, 'usage')
        or not pg_catalog.has_column_privilege(r.relation, r.time_number, 'select')
        or not coalesce(
          pg_catalog.has_column_privilege(r.relation, r.status_number, 'select'), true
        ) then 'denied'
      -- A policy made for everybody (role 0, which nobody has) asks who the tenant is: we are none.
      when r.is_restricted and not exists (
        select
        from pg_catalog.pg_policy as p
        cross join pg_catalog.unnest(p.polroles) as role(oid)
        where p.polrelid = r.relation and p.polpermissive and p.polcmd in ('r', '*')
          and pg_catalog.pg_has_role(role.oid, 'usage')
      ) then 'hidden'
      when coalesce(r.size_bytes, 0) > 104857600 and not coalesce(
        case when r.status_column is null then i.finds_time else i.finds_status end, false
      ) then 'no-index'
    end as problem
  from resolved as r
  left join indexed as i on i.place = r.place
),
-- The server quotes what it was told; only tables without a problem are named in a statement.
-- Infinite times have no age: before 17 they would end the statement with an error.
statement as (
  select
    j.place,
    case
      when j.problem is not null then null
      when j.status_column is null then pg_catalog.format(
        'select null as row_count, 1000 * extract(epoch from pg_catalog.clock_timestamp() - '
        '(select pg_catalog.max(%1$I) from %2$I.%3$I '
        'where %1$I > ''-infinity'' and %1$I < ''infinity'' %4$s)'
        '::pg_catalog.timestamptz) as age_ms',
        j.time_column, j.schema_name, j.table_name,
        case when not j.is_small and not j.orders_time then pg_catalog.format(
          'and %I > pg_catalog.now() - %L::pg_catalog.interval',
          j.time_column, j.within_ms || ' ms'
        ) end
      )
      else pg_catalog.format(
        'select (select pg_catalog.count(*) from ('
        'select from %2$I.%3$I where %4$s limit %5$s) as pending) as row_count, '
        '1000 * extract(epoch from pg_catalog.clock_timestamp() - ('
        'select %1$I from %2$I.%3$I where %4$s and %1$I > ''-infinity'' '
        'and %1$I < ''infinity'' order by %1$I limit 1)'
        '::pg_catalog.timestamptz) as age_ms',
        j.time_column, j.schema_name, j.table_name,
        pg_catalog.format(
          -- A literal takes the column's type, so that an index on it serves.
          case when j.status_category in ('S', 'E') then '%I = %L' else '%I::text = %L' end,
          j.status_column, j.pending
        ),
        pg_catalog.floor(j.most)::int8 + 1
      )
    end as text
  from judged as j
),
answer as materialized (
  select
    s.place,
    case when s.text is not null
      then pg_catalog.query_to_xml(s.text, true, false, '')::text
    end as document
  from statement as s
)
select
  j.place, pg_catalog.format('%I.%I', j.schema_name, j.table_name) as table_name,
  pg_catalog.quote_ident(j.schema_name) as schema_name,
  pg_catalog.quote_ident(j.time_column) as time_column,
  pg_catalog.quote_ident(j.status_column) as status_column,
  j.problem, j.is_restricted, j.size_bytes,
  pg_catalog.substring(a.document, '<row_count>([0-9]+)<')::float8 as row_count,
  pg_catalog.substring(a.document, '<age_ms>(-?[0-9.]+)')::float8 as age_ms
from judged as j
join answer as a on a.place = j.place
order by j.place
