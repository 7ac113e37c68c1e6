// A server with TLS that accepts old protocols is found; without TLS there is nothing to say.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { configure, switchTlsOn } from '../../../../test/harness/tls.ts';

checkTest('tls-old-protocol', {}, async (world) => {
  const { isOk, finds, skips } = world;
  await skips('nothing-to-examine');
  await switchTlsOn(world);
  await isOk();

  await configure(world, 'ssl_min_protocol_version', 'TLSv1.1');
  const [found] = await finds(['ssl_min_protocol_version']);
  assert.equal(found?.severity, 'warning');
  assert.equal(found.summary, 'the server accepts TLSv1.1 and newer');
  await configure(world, 'ssl_min_protocol_version', 'TLSv1.3');
  await isOk();
});
