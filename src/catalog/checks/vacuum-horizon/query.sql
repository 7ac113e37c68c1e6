-- Everything that keeps vacuum from removing dead rows, with its age in transactions; since 14.
with running as (
  select a.pid, a.backend_xid as xid
  from pg_catalog.pg_stat_activity as a
  where a.backend_xid is not null
  union all
  select null, p.transaction
  from pg_catalog.pg_prepared_xacts as p
),
holders as (
  select
    'session' as kind,
    'pid ' || a.pid as object,
    a.backend_start::text as key,
    -- A snapshot is as old as the oldest transaction that ran when it was taken. Where that one
    -- still runs it is the holder, and not everybody who looked since.
    greatest(pg_catalog.age(a.backend_xid), case when not exists (
      select from running as r where r.xid = a.backend_xmin and r.pid is distinct from a.pid
    ) then pg_catalog.age(a.backend_xmin) end) as age_xids,
    pg_catalog.concat_ws(', ', a.usename || '@' || a.datname, nullif(a.application_name, ''),
      a.state) as detail
  from pg_catalog.pg_stat_activity as a
  where (a.backend_xid is not null or a.backend_xmin is not null)
    and a.pid <> pg_catalog.pg_backend_pid()
    and a.application_name is distinct from pg_catalog.current_setting('application_name')
    -- A walsender's horizon is its standby's, below; vacuum ignores the horizon of vacuum.
    and a.backend_type not in ('walsender', 'autovacuum worker')
  union all
  select 'prepared transaction', p.gid, p.prepared::text, pg_catalog.age(p.transaction),
    pg_catalog.concat_ws(', ', p.owner || '@' || p.database, 'prepared ' || p.prepared::text)
  from pg_catalog.pg_prepared_xacts as p
  union all
  select 'replication slot', s.slot_name::text, null,
    greatest(pg_catalog.age(s.xmin), pg_catalog.age(s.catalog_xmin)),
    pg_catalog.concat_ws(', ', s.slot_type, case when s.active then 'active' else 'inactive' end,
      case when s.xmin is null then 'system catalogues only' end)
  from pg_catalog.pg_replication_slots as s
  where s.xmin is not null or s.catalog_xmin is not null
  union all
  select 'standby', coalesce(nullif(r.application_name, ''), 'pid ' || r.pid), null,
    pg_catalog.age(r.backend_xmin), 'hot_standby_feedback of a standby'
  from pg_catalog.pg_stat_replication as r
  where r.backend_xmin is not null
)
select c.examined, f.kind, f.object, f.key, f.age_xids, f.detail
from (
  -- Sessions that hold nothing were looked at as well.
  select (select count(*) from holders)
    + (select count(*) from pg_catalog.pg_stat_activity as a
        where a.backend_xid is null and a.backend_xmin is null) as examined
) as c
left join (
  select h.kind, h.object, h.key, h.age_xids, h.detail
  from holders as h
  where h.age_xids >= $1::bigint
  order by h.age_xids desc
  limit 20
) as f on true
