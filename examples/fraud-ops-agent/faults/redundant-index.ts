// Fault: an index on the first column of an index that already serves every query of it.
import type { Fault } from '../../estate.ts';

export const redundantIndex: Fault = {
  id: 'redundant-index',
  title: 'An index that is the beginning of the audit index',
  found_by: ['index-redundant'],
  async on(stage) {
    await stage.admin.query(
      `create index idx_ops_agent_audit_log_entity_type
         on fraud_gov.ops_agent_audit_log (entity_type)`,
    );
  },
  async off(stage) {
    await stage.admin.query('drop index fraud_gov.idx_ops_agent_audit_log_entity_type');
  },
};
