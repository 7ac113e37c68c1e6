// Large shared buffers outside huge pages are found, as far as the version tells.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'huge-pages';
const small = { thresholds: { least_shared_buffers: 1024 } };

checkTest(id, { settings: { huge_pages: 'off' } }, async ({ isOk, finds }) => {
  await isOk();
  const [found] = await finds(['huge_pages'], small);
  assert.equal(found?.severity, 'info');
  assert.match(found.summary, /^shared_buffers of [\d.]+ MB are not in huge pages \(off\)$/);
});

checkTest(id, { title: 'try' }, async ({ major, admin, isOk, finds, skips }) => {
  await isOk();
  if (major < 17) {
    await skips('cannot-tell', small);
    return;
  }
  // Whether the host of this test has huge pages is not ours to say.
  const { rows } = await admin.query('show huge_pages_status');
  if (rows[0].huge_pages_status === 'on') await isOk(small);
  else await finds(['huge_pages'], small);
});
