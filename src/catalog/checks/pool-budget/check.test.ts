// The sum of all pools is compared with the slots that ordinary roles can get.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'pool-budget';
const agent = { application: 'agent', size: 10, overflow: 10, workers: 4, instances: 1 };
const jobs = { application: 'jobs', size: 7, overflow: 0, workers: 1, instances: 1 };

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('needs-configuration');
  // 87 of 97 slots are 89.7 %.
  await isOk({ baselines: { pools: [agent, jobs] } });
  const [info] = await finds(['server'], {
    baselines: { pools: [agent, { ...jobs, size: 8 }] },
  });
  assert.equal(info?.severity, 'info');

  const scaled = { baselines: { pools: [jobs, { ...agent, instances: 6 }] } };
  const [warning] = await finds(['server'], scaled);
  assert.equal(warning?.severity, 'warning');
  assert.match(warning.summary, /may open 487 sessions, and the server has 97 slots/);
  assert.equal(warning.evidence['largest_pool'], 'agent');
  // 90 % of 97 slots less 7 of the jobs, for 24 processes.
  assert.equal(warning.evidence['largest_pool_fits_per_process'], 3);
  await admin.query('create role stranger login');
  await finds(['server'], { ...scaled, user: 'stranger' });
});
