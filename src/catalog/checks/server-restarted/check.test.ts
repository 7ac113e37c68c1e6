// A server that was just started is told, until it has been up for a while.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('server-restarted', {}, async ({ server, isOk, finds }) => {
  const [first] = await finds(['server']);
  assert.equal(first?.severity, 'info');
  await isOk({ thresholds: { recent: 0 } });
  await server.restart();
  const [second] = await finds(['server']);
  // Another start is another event.
  assert.notEqual(second?.fingerprint, first.fingerprint);
});
