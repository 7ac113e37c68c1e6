-- Sessions over the network and whether TLS or GSSAPI encrypts them; since 14.
-- $1: networks that need no encryption.
with remote as materialized (
  select
    a.usename::text as role,
    a.application_name as application,
    pg_catalog.host(a.client_addr) as address,
    coalesce(s.ssl, false) or coalesce(g.encrypted, false) as is_encrypted
  from pg_catalog.pg_stat_activity as a
  left join pg_catalog.pg_stat_ssl as s on s.pid = a.pid
  left join pg_catalog.pg_stat_gssapi as g on g.pid = a.pid
  where a.backend_type in ('client backend', 'walsender')
    and a.application_name is distinct from pg_catalog.current_setting('application_name')
    and a.client_addr is not null
    and not a.client_addr <<= any ($1::text[]::inet[])
)
select c.examined, f.role, f.application, f.sessions, f.addresses
from (select pg_catalog.count(*) as examined from remote as r) as c
left join (
  select
    coalesce(r.role, '') as role,
    r.application,
    pg_catalog.count(*) as sessions,
    pg_catalog.array_agg(distinct r.address) as addresses
  from remote as r
  where not r.is_encrypted
  group by r.role, r.application
  order by 3 desc
  limit 100
) as f on true
