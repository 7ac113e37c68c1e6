// Fault: a backfill rewrote every insight three times; three quarters of the file are empty now.
import type { Fault } from '../../estate.ts';
import { publishStatistics } from '../../fault-steps.ts';

const table = 'public.insights';
const rewrites = 3;

export const bloatedTable: Fault = {
  id: 'bloated-table',
  title: 'A table four times as large as its rows',
  found_by: ['table-bloat'],
  async on(stage) {
    for (let rewrite = 0; rewrite < rewrites; rewrite += 1) {
      await stage.admin.query(`update ${table} set title = title`);
    }
    await publishStatistics(stage);
    // The dead rows are gone after this: bloat is the room they leave, which vacuum keeps.
    await stage.admin.query(`vacuum (analyze, truncate off) ${table}`);
  },
  async off(stage) {
    await stage.admin.query(`vacuum (full, analyze) ${table}`);
    // A full vacuum writes no visibility map, which index-only scans need.
    await stage.admin.query(`vacuum ${table}`);
  },
};
