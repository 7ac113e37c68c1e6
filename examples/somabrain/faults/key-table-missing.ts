// Fault: a migration renamed the archive away, and the nightly move has nowhere to go.
import type { Fault } from '../../estate.ts';

export const keyTableMissing: Fault = {
  id: 'key-table-missing',
  title: 'The archive of the audit log is not where it should be',
  found_by: ['key-tables-exist'],
  async on(stage) {
    await stage.admin.query('alter table public.audit_log_archive rename to audit_log_archive_v2');
  },
  async off(stage) {
    await stage.admin.query('alter table public.audit_log_archive_v2 rename to audit_log_archive');
  },
};
