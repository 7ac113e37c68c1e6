// Fault: the application lost its right to write the audit log, and nothing was recorded since.
import type { Fault } from '../../estate.ts';

export const auditSilent: Fault = {
  id: 'audit-silent',
  title: 'No audit row for more than an hour',
  found_by: ['audit-heartbeat'],
  async on(stage) {
    await stage.admin.query('revoke insert on public.audit_log from somabrain_app');
    // Stands for the time that a demonstration cannot wait.
    await stage.admin.query(
      `delete from public.audit_log where created_at > now() - interval '90 minutes'`,
    );
  },
  async off(stage) {
    await stage.admin.query('grant insert on public.audit_log to somabrain_app');
    await stage.admin.query(
      `insert into public.audit_log (tenant_id, event_type, user_id)
       values ('tenant-01', 'session.opened', 'user-1')`,
    );
  },
};
