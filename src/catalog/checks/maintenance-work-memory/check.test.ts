// Little maintenance memory is found only beside a table that is large.
import assert from 'node:assert/strict';
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'maintenance-work-memory';
const object = 'maintenance_work_mem';

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  const beside = (least_table: number) => ({ thresholds: { least_table } });
  await skips('nothing-to-examine');
  await admin.query('create table "Orders" as select generate_series(1, 3000) as id');
  await admin.query('vacuum analyze "Orders"');
  await isOk();
  const [found] = await finds([object], beside(8_192));
  assert.equal(found?.severity, 'info');
  assert.match(found.summary, /is 64 MB beside public."Orders" of \d+ kB$/);
  await isOk(beside(1024 ** 2));

  await alterSystem(admin, { maintenance_work_mem: '128MB' });
  await isOk(beside(8_192));
});
