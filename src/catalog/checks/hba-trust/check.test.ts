// Lines with trust are found and judged by how far they reach.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { switchTlsOn } from '../../../../test/harness/tls.ts';

const id = 'hba-trust';
const grant = 'grant execute on function pg_catalog.pg_hba_file_rules() to pgrunbook_monitor';

checkTest(id, { tcp: true }, async (world) => {
  const { admin, server, isOk, finds, skips } = world;
  // The view shows the file as it is: no reload is needed, and we stay able to connect.
  const write = (...lines: readonly string[]) =>
    writeFile(join(server.data, 'pg_hba.conf'), `${lines.join('\n')}\n`);
  await skips('needs-privilege');
  await admin.query(grant);
  // Without TLS the server takes a hostssl line for an error.
  await switchTlsOn(world);
  await write('# empty');
  await skips('nothing-to-examine');
  await write('host all all 10.0.0.0/8 scram-sha-256', 'local all all peer');
  await isOk();

  await write(
    'local all postgres trust',
    'host all all 127.0.0.1/32 trust',
    'host app,"Other DB" app samenet trust',
    'host all all ::/0 trust',
    'hostssl all all 10.0.0.0/8 trust clientcert=verify-full',
    'host all all 10.0.0.0/8 md5',
  );
  const found = await finds([
    'local all postgres trust',
    'host all all 127.0.0.1/32 trust',
    'host app,Other DB app samenet trust',
    'host all all ::/0 trust',
  ]);
  assert.deepEqual(
    found.map(({ severity }) => severity),
    ['info', 'warning', 'critical', 'critical'],
  );
  assert.equal(
    found[3]?.summary,
    'pg_hba.conf line 4 lets all in without a password from any address',
  );
});

checkTest(
  id,
  { title: 'without a TCP port', majors: [14, 18] },
  async ({ admin, server, finds }) => {
    await admin.query(grant);
    await writeFile(join(server.data, 'pg_hba.conf'), 'host all all all trust\n');
    const [found] = await finds(['host all all all trust']);
    assert.equal(found?.severity, 'info');
  },
);
