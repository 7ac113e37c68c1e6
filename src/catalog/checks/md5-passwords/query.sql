-- Login roles whose stored password is an MD5 verifier; only a superuser may look; since 14.
select c.examined, f.role, f.is_expired
from (
  select count(*) as examined
  from pg_catalog.pg_authid as a
  where a.rolcanlogin and a.rolpassword is not null
) as c
left join (
  select
    a.rolname::text as role,
    coalesce(a.rolvaliduntil < pg_catalog.now(), false) as is_expired
  from pg_catalog.pg_authid as a
  where a.rolcanlogin and a.rolpassword like 'md5%'
  order by a.oid
  limit 100
) as f on true
