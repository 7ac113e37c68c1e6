-- Rules of pg_hba.conf as the file has them now, in their order; 14 and 15 know neither include
-- files nor rule numbers. Options stay out, since they may hold a password of an LDAP server.
select
  h.line_number as number,
  'pg_hba.conf' as file,
  h.line_number as line,
  h.type,
  h.database as databases,
  h.user_name as users,
  h.address,
  h.netmask,
  h.auth_method as method,
  coalesce(
    h.options && array['clientcert=verify-ca', 'clientcert=verify-full', 'clientcert=1'], false
  ) as needs_certificate,
  pg_catalog.current_setting('listen_addresses') <> '' as server_listens,
  pg_catalog.current_setting('ssl') = 'on' as server_has_tls,
  pg_catalog.current_setting('password_encryption') as password_encryption
from pg_catalog.pg_hba_file_rules() as h
where h.error is null
order by h.line_number
limit 1000
