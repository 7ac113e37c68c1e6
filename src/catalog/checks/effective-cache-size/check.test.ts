// A cache size that cannot be true is found, at either end.
import assert from 'node:assert/strict';
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'effective-cache-size';

checkTest(id, { settings: { shared_buffers: '128MB' } }, async ({ admin, isOk, finds, skips }) => {
  await isOk();
  const [large] = await finds(['effective_cache_size'], { baselines: { memory_bytes: 1024 ** 3 } });
  assert.match(large?.summary ?? '', /is 4 GB, more than the host has \(1 GB\)$/);
  await alterSystem(admin, { effective_cache_size: '127MB' });
  const [small] = await finds(['effective_cache_size']);
  assert.match(small?.summary ?? '', /is 127 MB, less than shared_buffers \(128 MB\)$/);
  await alterSystem(admin, { effective_cache_size: '128MB' });
  await isOk({ baselines: { memory_bytes: 1024 ** 3 } });
  // What our own role overrides is not the server's.
  await admin.query(`alter role pgrunbook_monitor set effective_cache_size = '1MB'`);
  await skips('nothing-to-examine');
});
