-- Lines of the three configuration files and what they include that cannot be read; since 16.
-- A change that waits for a restart is reported there as an error, and is none.
select c.examined, e.kind, e.file, e.line, e.name, e.error
from (
  select
    (select count(*) from pg_catalog.pg_show_all_file_settings())
      + (select count(*) from pg_catalog.pg_hba_file_rules())
      + (select count(*) from pg_catalog.pg_ident_file_mappings()) as examined
) as c
left join (
  select 'settings' as kind, f.sourcefile as file, f.sourceline as line, f.name, f.error
  from pg_catalog.pg_show_all_file_settings() as f
  where f.error is not null
    and not exists (
      select from pg_catalog.pg_settings as s where s.name = f.name and s.pending_restart
    )
  union all
  select 'authentication', h.file_name, h.line_number, null, h.error
  from pg_catalog.pg_hba_file_rules() as h
  where h.error is not null
  union all
  select 'user names', i.file_name, i.line_number, null, i.error
  from pg_catalog.pg_ident_file_mappings() as i
  where i.error is not null
  limit 100
) as e on true
