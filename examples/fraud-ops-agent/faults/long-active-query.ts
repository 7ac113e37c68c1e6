// Fault: a report that was meant to be quick reads the evidence row by row, for most of an hour.
import type { Fault } from '../../estate.ts';
import { backendPid, leaveRunning, waitUntil } from '../../fault-steps.ts';

const id = 'long-active-query';

export const longActiveQuery: Fault = {
  id,
  title: 'A report that does not end',
  found_by: ['long-running-query'],
  async on(stage) {
    const session = await stage.hold(id, {
      role: 'ops_agent',
      application_name: 'analyst-report',
    });
    await session.query('set statement_timeout = 0');
    const pid = await backendPid(session);
    // pg_sleep stands for slow work: it costs no processor time, and runs as long.
    leaveRunning(
      session,
      `select count(*) from fraud_gov.ops_agent_evidence
        where pg_sleep(0.1)::text = '' and evidence_payload @> '{"window_minutes": 30}'`,
    );
    await waitUntil(
      stage.admin,
      `select exists (select from pg_stat_activity where pid = $1 and state = 'active')`,
      [pid],
    );
  },
  off: (stage) => stage.release(id),
};
