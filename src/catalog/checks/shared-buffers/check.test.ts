// Shared buffers are found too small or too large for the declared memory.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const memory = (mebibytes: number) => ({ baselines: { memory_bytes: mebibytes * 1024 ** 2 } });

checkTest('shared-buffers', { settings: { shared_buffers: '128MB' } }, async (world) => {
  await world.skips('needs-configuration');
  await world.isOk(memory(512));
  const [small] = await world.finds(['shared_buffers'], memory(1_024));
  assert.equal(small?.severity, 'info');
  assert.match(small.summary, /^shared_buffers is 128 MB, 12.5 % of 1 GB of memory$/);
  const [large] = await world.finds(['shared_buffers'], memory(256));
  assert.equal(large?.severity, 'warning');
  // Exactly at the limits all is well.
  await world.isOk(memory(320));
});
