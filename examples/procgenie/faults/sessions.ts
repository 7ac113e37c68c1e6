// Sessions that stand in the way of others.
import type { Client } from 'pg';
import type { Fault, Stage } from '../../estate.ts';
import { leaveRunning, waitUntil } from '../../fault-steps.ts';
import { tenantId } from '../workload.ts';

const tenant_id = tenantId(1);

export const sessionFaults: readonly Fault[] = [
  {
    id: 'idle-in-transaction',
    title: 'A worker changed a price, called a slow service before its commit, and never came back',
    found_by: ['idle-in-transaction'],
    async on(stage) {
      const worker = await holdInTenant(stage, 'idle-in-transaction', 'procgenie-worker');
      await worker.query(
        `update public.request_items set unit_price = unit_price
          where (requisition_id, line_number) = (
                select requisition_id, line_number from public.request_items limit 1)`,
      );
    },
    async off(stage) {
      await stage.release('idle-in-transaction');
    },
  },
  {
    id: 'migration-lock-queue',
    title: 'A migration waits for a report, and everybody else waits for the migration',
    found_by: ['blocked-sessions', 'lock-queue'],
    async on(stage) {
      const fault = 'migration-lock-queue';
      const report = await holdInTenant(stage, fault, 'procgenie-report');
      await report.query('select count(*) from public.request_items');

      const migration = await stage.hold(fault, {
        role: 'procgenie_migrator',
        application_name: 'procgenie-migration',
      });
      // The lock timeout of the role would end the wait: the migration's author took it away.
      await migration.query('set lock_timeout = 0');
      leaveRunning(
        migration,
        `alter table public.request_items
           add column if not exists priority text not null default 'standard'`,
      );
      await waitForWaiters(stage, 1);

      const api = await stage.hold(fault, {
        role: 'procgenie_app',
        application_name: 'procgenie-api',
      });
      await api.query('set statement_timeout = 0; set lock_timeout = 0');
      leaveRunning(api, 'select count(*) from public.request_items');
      await waitForWaiters(stage, 2);
    },
    async off(stage) {
      await stage.release('migration-lock-queue');
      await dropPriority(stage);
    },
  },
];

/** A session with an open transaction of the tenant, and without the role's time limits. */
async function holdInTenant(
  stage: Stage,
  fault: string,
  application_name: string,
): Promise<Client> {
  const session = await stage.hold(fault, { role: 'procgenie_app', application_name });
  await session.query('set idle_in_transaction_session_timeout = 0');
  await session.query('begin');
  await session.query(`select pg_catalog.set_config('app.current_tenant_id', $1, true)`, [
    tenant_id,
  ]);
  return session;
}

async function waitForWaiters(stage: Stage, sessions: number): Promise<void> {
  await waitUntil(
    stage.admin,
    `select count(*) = $1
       from pg_catalog.pg_locks
      where not granted and relation = 'public.request_items'::regclass`,
    [sessions],
  );
}

/** Where somebody ended the report instead of the migration, the migration went through. */
async function dropPriority(stage: Stage): Promise<void> {
  const added = await stage.admin.query(
    `select from pg_catalog.pg_attribute
      where attrelid = 'public.request_items'::regclass and attname = 'priority'`,
  );
  // Asked first, because even IF EXISTS would wait for everybody who uses the table.
  if (added.rowCount !== 0) {
    await stage.admin.query('alter table public.request_items drop column priority');
  }
}
