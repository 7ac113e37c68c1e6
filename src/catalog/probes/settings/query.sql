-- Settings as a new session gets them, and what roles and databases set instead; since 14.
-- reset_val, not setting: our own transaction has limits of its own. Values that may hold a
-- password or belong to an application are left out.
select
  s.name,
  coalesce(s.reset_val, '') as value,
  s.unit,
  s.boot_val as built_in,
  s.pending_restart as is_pending_restart,
  null::text as role,
  null::text as database,
  false as is_override,
  false as is_ours
from pg_catalog.pg_settings as s
where s.name not in ('primary_conninfo', 'ssl_passphrase_command')
  and (s.category <> 'Customized Options' or s.name ~ '^(pg_stat_statements|auto_explain)[.]')
union all
select
  pg_catalog.split_part(c.pair, '=', 1),
  pg_catalog.substr(c.pair, pg_catalog.strpos(c.pair, '=') + 1),
  null,
  null,
  false,
  r.rolname::text,
  d.datname::text,
  true,
  (o.setrole = 0 or r.rolname = session_user)
    and (o.setdatabase = 0 or d.datname = pg_catalog.current_database())
from pg_catalog.pg_db_role_setting as o
cross join lateral pg_catalog.unnest(o.setconfig) as c(pair)
left join pg_catalog.pg_roles as r on r.oid = o.setrole
left join pg_catalog.pg_database as d on d.oid = o.setdatabase
where pg_catalog.strpos(pg_catalog.split_part(c.pair, '=', 1), '.') = 0
  and (o.setrole = 0 or r.oid is not null)
  and (o.setdatabase = 0 or d.oid is not null)
