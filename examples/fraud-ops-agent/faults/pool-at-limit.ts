// Fault: requests wait for the model with a connection in hand; the pools have opened nearly all.
import type { Fault } from '../../estate.ts';
import { openSessions } from '../../fault-steps.ts';

const id = 'pool-at-limit';
const workers = 4;
// Of 20: the four of the blocked writers must fit in as well.
const connections_per_worker = 19;

export const poolAtLimit: Fault = {
  id,
  title: 'Pools of the ops agent at 76 of their 80 connections',
  found_by: ['pool-utilisation'],
  async on(stage) {
    for (let worker = 1; worker <= workers; worker += 1) {
      await openSessions(stage, id, {
        role: 'ops_agent',
        application_name: `ops-agent-worker-${worker}`,
        count: connections_per_worker,
        // In a transaction, so the pool cannot lend the connection to another request.
        statements: [
          'begin',
          `select run_id, status from fraud_gov.ops_agent_runs
            order by started_at desc limit 1`,
        ],
      });
    }
  },
  off: (stage) => stage.release(id),
};
