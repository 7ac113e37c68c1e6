// Fault: the application owns the audit log and row security is not forced: its policies are void.
import type { Fault } from '../../estate.ts';

export const ownerNotForced: Fault = {
  id: 'owner-not-forced',
  title: 'Row security does not bind the role that the application logs in as',
  found_by: ['rls-not-forced', 'rls-role-bypasses'],
  async on(stage) {
    await stage.admin.query('alter table public.audit_log no force row level security');
    await stage.admin.query('alter table public.audit_log owner to somabrain_app');
  },
  async off(stage) {
    await stage.admin.query('alter table public.audit_log owner to soma');
    await stage.admin.query('alter table public.audit_log force row level security');
    // The application's rights were merged into those of the owner, and went with them.
    await stage.admin.query('grant select, insert on public.audit_log to somabrain_app');
  },
};
