-- What synchronous_standby_names asks for, who answers it, and who waits for them; since 14.
select
  pg_catalog.current_setting('synchronous_standby_names') as names,
  c.reset_val as synchronous_commit,
  (select count(*) from pg_catalog.pg_stat_replication as r
    where r.sync_state in ('sync', 'quorum') and r.state = 'streaming') as present,
  (select count(*) from pg_catalog.pg_stat_activity as a
    where a.wait_event_type = 'IPC' and a.wait_event = 'SyncRep') as waiting
from pg_catalog.pg_settings as c
where c.name = 'synchronous_commit'
