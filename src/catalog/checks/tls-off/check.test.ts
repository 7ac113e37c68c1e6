// A server that listens without TLS is found; one that only its own host reaches is not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'tls-off';

checkTest(id, { tcp: true }, async ({ isOk }) => {
  await isOk();
});

// The setting says more than 127.0.0.1, though both names lead to this host only.
checkTest(
  id,
  { title: 'on the network', tcp: true, settings: { listen_addresses: '127.0.0.1,127.0.0.2' } },
  async ({ finds }) => {
    const [found] = await finds(['ssl']);
    assert.equal(found?.severity, 'warning');
    assert.equal(found.summary, 'ssl is off while the server listens on 127.0.0.2');
  },
);
