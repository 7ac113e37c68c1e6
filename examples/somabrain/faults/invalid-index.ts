// Fault: a concurrent build waited for an old transaction, was cancelled, and left its index.
import type { Fault } from '../../estate.ts';
import { backendPid, leaveRunning, waitUntil } from '../../fault-steps.ts';

const id = 'invalid-index';
const index = 'idx_audit_log_user_created';

export const invalidIndex: Fault = {
  id,
  title: 'A cancelled CREATE INDEX CONCURRENTLY left an invalid index',
  found_by: ['index-invalid'],
  async on(stage) {
    const writer = await stage.hold(id, { role: 'soma', application_name: 'nightly-import' });
    await writer.query('begin');
    await writer.query('lock table public.audit_log in row exclusive mode');
    const builder = await stage.hold(id, { role: 'soma', application_name: 'migration' });
    const pid = await backendPid(builder);
    leaveRunning(
      builder,
      `create index concurrently ${index} on public.audit_log (user_id, created_at)`,
    );
    // The builder has committed the new index and waits until no old writer is left.
    await waitUntil(
      stage.admin,
      `select to_regclass('public.${index}') is not null
              and cardinality(pg_blocking_pids($1)) > 0`,
      [pid],
    );
    await stage.admin.query('select pg_cancel_backend($1)', [pid]);
    await waitUntil(
      stage.admin,
      `select exists (select from pg_stat_activity where pid = $1 and state = 'idle')`,
      [pid],
    );
    await stage.release(id);
  },
  async off(stage) {
    await stage.admin.query(`drop index concurrently public.${index}`);
  },
};
