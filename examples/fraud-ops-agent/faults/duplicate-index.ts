// Fault: two migrations made the same index under two names.
import type { Fault } from '../../estate.ts';

export const duplicateIndex: Fault = {
  id: 'duplicate-index',
  title: 'The status index of the runs exists twice',
  found_by: ['index-duplicate'],
  async on(stage) {
    await stage.admin.query(
      'create index ix_ops_agent_runs_status on fraud_gov.ops_agent_runs (status)',
    );
  },
  async off(stage) {
    await stage.admin.query('drop index fraud_gov.ix_ops_agent_runs_status');
  },
};
