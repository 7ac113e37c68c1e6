-- Published tables of which no row can be named, by the published root; since 14.
with recursive publication as materialized (
  select p.oid, p.pubname, p.puballtables
  from pg_catalog.pg_publication as p
  where p.pubupdate or p.pubdelete
),
-- What is published, and below it all partitions: rows are changed in those.
member as (
  select p.pubname, r.prrelid as oid, r.prrelid as root, 0 as depth
  from publication as p
  join pg_catalog.pg_publication_rel as r on r.prpubid = p.oid
  union all
  select p.pubname, c.oid, c.oid, 0
  from publication as p
  cross join pg_catalog.pg_class as c
  where p.puballtables
    and c.relkind in ('r', 'p')
    and not c.relispartition
    and c.relpersistence = 'p'
    and c.oid >= 16384
  union all
  select m.pubname, i.inhrelid, m.root, m.depth + 1
  from member as m
  join pg_catalog.pg_inherits as i on i.inhparent = m.oid
  join pg_catalog.pg_partitioned_table as t on t.partrelid = m.oid
),
published as materialized (
  select
    m.oid, (pg_catalog.array_agg(m.root order by m.depth desc))[1] as root,
    pg_catalog.string_agg(distinct pg_catalog.quote_ident(m.pubname), ', ') as publications
  from member as m
  group by m.oid
),
leaf as materialized (
  select p.oid, p.root, p.publications, c.relreplident
  from published as p
  join pg_catalog.pg_class as c on c.oid = p.oid
  where c.relkind = 'r' and c.relpersistence = 'p'
),
nameless as (
  select
    l.root, pg_catalog.count(*) as tables,
    pg_catalog.min(l.relreplident::text) as replica_identity,
    pg_catalog.min(l.publications) as publications,
    pg_catalog.sum(
      pg_catalog.pg_stat_get_tuples_updated(l.oid) + pg_catalog.pg_stat_get_tuples_deleted(l.oid)
    ) as changes
  from leaf as l
  where l.relreplident <> 'f'
    -- A key that is checked late (deferrable) identifies no row.
    and not exists (
      select
      from pg_catalog.pg_index as i
      where i.indrelid = l.oid
        and i.indisvalid
        and i.indimmediate
        and case l.relreplident
          when 'd' then i.indisprimary when 'i' then i.indisreplident else false
        end
    )
  group by l.root
)
select
  total.examined, found.table_name, found.tables, found.replica_identity, found.publications,
  found.changes
from (select pg_catalog.count(*) as examined from leaf) as total
left join (
  select
    pg_catalog.format('%I.%I', n.nspname, c.relname) as table_name, k.tables,
    k.replica_identity, k.publications, k.changes
  from nameless as k
  join pg_catalog.pg_class as c on c.oid = k.root
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  order by k.changes desc, k.root
  limit 100
) as found on true
order by found.changes desc, found.table_name
