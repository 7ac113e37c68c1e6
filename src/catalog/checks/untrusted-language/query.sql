-- Languages whose functions may leave the database (no TRUSTED), and their functions; since 14.
select c.examined, f.*
from (
  select count(*) as examined from pg_catalog.pg_language as l where l.lanispl
) as c
left join (
  select
    l.lanname::text as language,
    count(p.oid) as functions,
    count(p.oid) filter (
      where p.proacl is null or exists (
        select from pg_catalog.aclexplode(p.proacl) as g where g.grantee = 0
      )
    ) as public_functions,
    min(p.oid::pg_catalog.regprocedure::text) as example
  from pg_catalog.pg_language as l
  left join pg_catalog.pg_proc as p on p.prolang = l.oid
  where l.lanispl and not l.lanpltrusted
  group by l.oid, l.lanname
  order by l.oid
  limit 100
) as f on true
