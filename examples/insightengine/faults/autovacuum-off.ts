// Fault: autovacuum was switched off on the billing table "for the nightly load", long ago.
import type { Fault } from '../../estate.ts';
import { publishStatistics } from '../../fault-steps.ts';

const table = 'public.usage_events';

export const autovacuumOff: Fault = {
  id: 'autovacuum-off',
  title: 'Autovacuum off on a table whose dead rows pass its threshold',
  found_by: ['autovacuum-disabled-table', 'dead-tuple-ratio', 'vacuum-overdue'],
  async on(stage) {
    await stage.admin.query(`alter table ${table} set (autovacuum_enabled = off)`);
    await stage.admin.query(`update ${table} set kind = kind where id % 2 = 0`);
    await publishStatistics(stage);
  },
  async off(stage) {
    await stage.admin.query(`alter table ${table} reset (autovacuum_enabled)`);
    await stage.admin.query(`vacuum (analyze) ${table}`);
  },
};
