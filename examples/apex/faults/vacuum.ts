// What happens to tables that autovacuum was told to leave alone.
import type { Fault, Stage } from '../../estate.ts';
import { publishStatistics } from '../../fault-steps.ts';

export const vacuumFaults: readonly Fault[] = [
  {
    id: 'statistics-stale',
    title: 'A bulk load doubled the events and nobody ran ANALYZE; autovacuum is off for the table',
    found_by: ['statistics-stale', 'autovacuum-disabled-table'],
    async on(stage) {
      await switchAutovacuumOff(stage, 'public.project_events');
      await stage.admin.query(
        `insert into public.project_events (project_id, event_type, actor, occurred_at)
         select project_id, 'imported', 'bulk-load', occurred_at
           from public.project_events
          where actor <> 'bulk-load'`,
      );
      await publishStatistics(stage);
    },
    async off(stage) {
      await stage.admin.query(`delete from public.project_events where actor = 'bulk-load'`);
      await shrink(stage, 'public.project_events');
      await switchAutovacuumOn(stage, 'public.project_events');
    },
  },
  {
    id: 'dead-tuples',
    title: 'Payloads were rewritten three times over while autovacuum was off for them',
    found_by: ['dead-tuple-ratio', 'vacuum-overdue', 'autovacuum-disabled-table'],
    async on(stage) {
      await switchAutovacuumOff(stage, 'public.project_payloads');
      await rewrite(stage, 'public.project_payloads set updated_at = updated_at');
    },
    async off(stage) {
      await shrink(stage, 'public.project_payloads');
      await switchAutovacuumOn(stage, 'public.project_payloads');
    },
  },
  {
    id: 'table-bloat',
    title: 'Projects take four times the space of their rows, and a plain VACUUM keeps it',
    found_by: ['table-bloat'],
    async on(stage) {
      await rewrite(stage, 'public.projects set name = name');
      // Analyze, because estimates of bloat compare the size with the statistics.
      await stage.admin.query('vacuum (analyze) public.projects');
    },
    async off(stage) {
      await shrink(stage, 'public.projects');
    },
  },
];

/** Three times in a row, each leaving a dead row for every live one. */
async function rewrite(stage: Stage, update: string): Promise<void> {
  for (const _ of [1, 2, 3]) await stage.admin.query(`update ${update}`);
  await publishStatistics(stage);
}

/** Gives the space back; a plain VACUUM would leave it in the table, which is the next fault. */
async function shrink(stage: Stage, table: string): Promise<void> {
  // First, because counters that arrive after the vacuum would count again what it removed.
  await publishStatistics(stage);
  await stage.admin.query(`vacuum (full, analyze) ${table}`);
  // A full vacuum writes no visibility map, which index-only scans need.
  await stage.admin.query(`vacuum ${table}`);
}

async function switchAutovacuumOff(stage: Stage, table: string): Promise<void> {
  await stage.admin.query(`alter table ${table} set (autovacuum_enabled = false)`);
}

async function switchAutovacuumOn(stage: Stage, table: string): Promise<void> {
  await stage.admin.query(`alter table ${table} reset (autovacuum_enabled)`);
}
