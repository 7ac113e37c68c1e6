-- Advisory locks of sessions, and what their holders do, in this database; since 14.
-- An idle session has no transaction, so what it holds is a session's lock: nothing but the
-- application (or the end of the session) will give it back.
with advisory as materialized (
  select l.pid, l.granted, l.classid, l.objid, l.objsubid
  from pg_catalog.pg_locks as l
  join pg_catalog.pg_database as d on d.oid = l.database
  where l.locktype = 'advisory'
    and l.pid <> pg_catalog.pg_backend_pid()
    and d.datname = pg_catalog.current_database()
),
queues as (
  select w.classid, w.objid, w.objsubid, pg_catalog.count(*) as waiting
  from advisory as w
  where not w.granted
  group by w.classid, w.objid, w.objsubid
)
select
  c.examined,
  f.pid,
  f.backend_start,
  f.application,
  f.role,
  f.idle_ms,
  f.locks,
  f.key,
  f.waiting
from (select pg_catalog.count(*) as examined from advisory as l where l.granted) as c
left join (
  select
    a.pid,
    a.backend_start::text as backend_start,
    a.application_name as application,
    a.usename::text as role,
    (extract(epoch from pg_catalog.clock_timestamp() - a.state_change) * 1000)::float8 as idle_ms,
    pg_catalog.count(*) as locks,
    -- One bigint key has objsubid 1 and its high half in classid; two int keys have objsubid 2.
    pg_catalog.min(
      case l.objsubid
        when 1 then ((l.classid::bigint << 32) | l.objid::bigint)::text
        else l.classid::bigint::bit(32)::int4 || ', ' || l.objid::bigint::bit(32)::int4
      end
    ) as key,
    coalesce(pg_catalog.sum(q.waiting), 0) as waiting
  from advisory as l
  join pg_catalog.pg_stat_activity as a on a.pid = l.pid
  left join queues as q
    on q.classid = l.classid and q.objid = l.objid and q.objsubid = l.objsubid
  where l.granted
    and a.state = 'idle'
    and a.state_change <= pg_catalog.clock_timestamp() - $1::float8 * interval '1 ms'
  group by a.pid, a.backend_start, a.application_name, a.usename, a.state_change
  order by a.state_change
  limit 100
) as f on true
