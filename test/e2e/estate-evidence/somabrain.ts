// What the server itself says about the faults of SomaBrain.
import estate from '../../../examples/somabrain/estate.ts';
import type { EstateEvidence } from './evidence.ts';

export const somabrain: EstateEvidence = {
  estate,
  digest: `
    select md5(string_agg(concat_ws('/', tenant_id, event_type, user_id), ',' order by id))
      from public.audit_log`,
  faults: {
    'idle-sessions': `
      select count(*) >= 90
        from pg_stat_activity
       where application_name = 'somabrain-api' and state = 'idle'`,
    // Locked by a session that does nothing: a relay that skips locked rows finds none of them.
    'outbox-backlog': `
      select count(*) = 5000 and min(created_at) < now() - interval '100 minutes'
             and exists (select from pg_stat_activity
                          where application_name = 'somabrain-relay'
                            and state = 'idle in transaction' and backend_xid is not null)
        from public.outbox_events
       where status = 'pending'`,
    'audit-silent': `
      select not exists (select from public.audit_log
                          where created_at > now() - interval '1 hour')
             and not has_table_privilege('somabrain_app', 'public.audit_log', 'insert')`,
    'archiver-failing': `
      select coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false)
             and current_setting('archive_command') like '%not_mounted%'
        from pg_stat_archiver`,
    'inactive-slot': `
      select count(*) = 1
        from pg_replication_slots
       where not active and wal_status = 'reserved'
         and pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) > 64 * 1024 * 1024`,
    'invalid-index': `
      select count(*) = 1
        from pg_index
       where not indisvalid
         and indexrelid not in (select index_relid from pg_stat_progress_create_index)`,
    'sequence-near-end': `
      select count(*) = 1
        from pg_sequences
       where data_type = 'integer'::regtype and last_value > 0.95 * max_value`,
    'owner-not-forced': `
      select count(*) = 1
        from pg_class
       where relname = 'audit_log' and relrowsecurity and not relforcerowsecurity
         and relowner = 'somabrain_app'::regrole`,
    'key-table-missing': `select to_regclass('public.audit_log_archive') is null`,
  },
};
