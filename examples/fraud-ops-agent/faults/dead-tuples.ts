// Fault: autovacuum was switched off for a load and never on again; updates pile up dead rows.
import type { Fault } from '../../estate.ts';
import { publishStatistics } from '../../fault-steps.ts';

const table = 'fraud_gov.ops_agent_evidence';

export const deadTuples: Fault = {
  id: 'dead-tuples',
  title: 'More than 10 % dead rows, autovacuum off on the table',
  found_by: ['dead-tuple-ratio', 'autovacuum-disabled-table'],
  async on(stage) {
    await stage.admin.query(`alter table ${table} set (autovacuum_enabled = off)`);
    await stage.admin.query(
      `update ${table} set evidence_payload = evidence_payload || '{"rescored": true}'`,
    );
    await publishStatistics(stage);
  },
  async off(stage) {
    await stage.admin.query(`alter table ${table} reset (autovacuum_enabled)`);
    await stage.admin.query(`vacuum (analyze) ${table}`);
  },
};
