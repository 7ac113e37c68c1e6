// Fault: somebody's export compares every bill with every other; it will take days.
import type { Fault } from '../../estate.ts';
import { backendPid, leaveRunning, waitUntil } from '../../fault-steps.ts';

const id = 'long-running-query';

export const longRunningQuery: Fault = {
  id,
  title: 'An export that runs on and on',
  found_by: ['long-running-query'],
  async on(stage) {
    const session = await stage.hold(id, {
      role: 'insightengine_app',
      application_name: 'insightengine-export',
    });
    await session.query('set statement_timeout = 0');
    const pid = await backendPid(session);
    // pg_sleep makes each comparison as slow as a real one, without using the processor.
    leaveRunning(
      session,
      `select count(*)
         from public.usage_events as one
         join public.usage_events as other on other.workspace_id = one.workspace_id
        where pg_sleep(0.1)::text = one.kind || other.kind`,
    );
    await waitUntil(
      stage.admin,
      `select exists (select from pg_stat_activity where pid = $1 and state = 'active')`,
      [pid],
    );
  },
  off: (stage) => stage.release(id),
};
