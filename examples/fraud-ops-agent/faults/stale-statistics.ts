// Fault: an analyze threshold that no change ever reaches, then a backfill that changes most rows.
import type { Fault } from '../../estate.ts';
import { publishStatistics } from '../../fault-steps.ts';

const table = 'fraud_gov.ops_agent_runs';

export const staleStatistics: Fault = {
  id: 'stale-statistics',
  title: 'Statistics of the runs from before a backfill',
  found_by: ['statistics-stale'],
  async on(stage) {
    await stage.admin.query(`alter table ${table} set (autovacuum_analyze_threshold = 2000000000)`);
    // The planner goes on believing that runs are found by the trigger they had before.
    await stage.admin.query(
      `update ${table} set trigger_ref = 'backfill:' || trigger_ref where status = 'COMPLETED'`,
    );
    await publishStatistics(stage);
    // Dead rows are another fault: only the statistics stay behind.
    await stage.admin.query(`vacuum ${table}`);
  },
  async off(stage) {
    await stage.admin.query(`alter table ${table} reset (autovacuum_analyze_threshold)`);
    await stage.admin.query(
      `update ${table} set trigger_ref = substr(trigger_ref, length('backfill:') + 1)
        where trigger_ref like 'backfill:%'`,
    );
    await publishStatistics(stage);
    await stage.admin.query(`vacuum (analyze) ${table}`);
  },
};
