// The sum of what processes may take is held against the declared memory.
import assert from 'node:assert/strict';
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const mebibyte = 1024 ** 2;
const settings = {
  shared_buffers: '128MB',
  max_connections: '50',
  work_mem: '4MB',
  hash_mem_multiplier: '2',
  autovacuum_max_workers: '3',
  maintenance_work_mem: '64MB',
};
// 128 + 50 × 4 × 2 + 3 × 64.
const total_bytes = 720 * mebibyte;

checkTest('memory-sum', { settings }, async ({ admin, isOk, finds, skips }) => {
  await skips('needs-configuration');
  await isOk({ baselines: { memory_bytes: 1_024 * mebibyte } });
  const [info] = await finds(['memory'], { baselines: { memory_bytes: 800 * mebibyte } });
  assert.equal(info?.severity, 'info');
  assert.equal(info.evidence['total_bytes'], total_bytes);
  const [warning] = await finds(['memory'], { baselines: { memory_bytes: total_bytes } });
  assert.equal(warning?.severity, 'warning');
  assert.match(warning.summary, /720 MB, 100 % of 720 MB: 50 connections with 8 MB each$/);

  await alterSystem(admin, { autovacuum_work_mem: '1MB' });
  await isOk({ baselines: { memory_bytes: 800 * mebibyte } });
  await admin.query(`alter role pgrunbook_monitor set work_mem = '1MB'`);
  await skips('cannot-tell', { baselines: { memory_bytes: total_bytes } });
});
