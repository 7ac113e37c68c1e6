// Fault: a worker waits for its model inside a transaction, and three writers queue behind it.
import type { Client } from 'pg';
import type { Fault, Stage } from '../../estate.ts';
import { backendPid, leaveRunning, waitUntil } from '../../fault-steps.ts';

const id = 'blocked-writers';
const writers = ['ops-agent-worker-1', 'ops-agent-worker-2', 'ops-agent-worker-4'];

export const blockedWriters: Fault = {
  id,
  title: 'Three writers blocked, three deep, behind an idle transaction',
  found_by: ['blocked-sessions', 'idle-in-transaction', 'lock-wait-ratio'],
  async on(stage) {
    const root = await openTransaction(stage, 'ops-agent-worker-3');
    await root.query(acknowledge(0));
    // Each writer holds a row and asks for the row of the one before: a chain, not a star.
    for (const [index, application] of writers.entries()) {
      const writer = await openTransaction(stage, application);
      const pid = await backendPid(writer);
      await writer.query(acknowledge(index + 1));
      leaveRunning(writer, acknowledge(index));
      await waitUntil(stage.admin, 'select cardinality(pg_blocking_pids($1)) > 0', [pid]);
    }
  },
  off: (stage) => stage.release(id),
};

function acknowledge(row: number): string {
  return `
    update fraud_gov.ops_agent_recommendations
       set acknowledged_at = now()
     where recommendation_id = (
       select recommendation_id from fraud_gov.ops_agent_recommendations
        order by recommendation_id limit 1 offset ${row})`;
}

/** A transaction that no timeout of its role ends, as if the role had none. */
async function openTransaction(stage: Stage, application_name: string): Promise<Client> {
  const session = await stage.hold(id, { role: 'ops_agent', application_name });
  await session.query('set statement_timeout = 0');
  await session.query('set lock_timeout = 0');
  await session.query('set idle_in_transaction_session_timeout = 0');
  await session.query('begin');
  return session;
}
