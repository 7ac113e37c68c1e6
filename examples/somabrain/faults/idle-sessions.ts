// Fault: a deployment leaks connections; nine of ten slots of the server hold an idle session.
import type { Fault } from '../../estate.ts';
import { openSessions } from '../../fault-steps.ts';

const id = 'idle-sessions';

export const idleSessions: Fault = {
  id,
  title: 'Idle sessions in nine of ten connections',
  found_by: ['connection-usage', 'pool-utilisation'],
  on: (stage) =>
    openSessions(stage, id, {
      role: 'somabrain_app',
      application_name: 'somabrain-api',
      // Of 100: three are kept for superusers, and a few must stay for whoever comes to look.
      count: 90,
      statements: [`select set_config('app.current_tenant', '', false)`],
    }),
  off: (stage) => stage.release(id),
};
