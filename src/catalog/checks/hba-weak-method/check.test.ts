// Methods that give a password or an identity away are found, md5 by what is stored.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { switchTlsOn } from '../../../../test/harness/tls.ts';

const id = 'hba-weak-method';
const grant = 'grant execute on function pg_catalog.pg_hba_file_rules() to pgrunbook_monitor';

checkTest(id, {}, async (world) => {
  const { admin, server, isOk, finds, skips } = world;
  const write = (...lines: readonly string[]) =>
    writeFile(join(server.data, 'pg_hba.conf'), `${lines.join('\n')}\n`);
  await skips('needs-privilege');
  await admin.query(grant);
  // Without TLS the server takes a hostssl line for an error.
  await switchTlsOn(world);
  await write('local all all peer', 'host all all all scram-sha-256', 'host all all all reject');
  await isOk();
  await write(
    'host all all 10.0.0.0/8 password',
    'hostssl all all 10.0.0.0/8 password',
    'local all all password',
    'host all app 10.0.0.0/8 md5',
    'host all app 10.0.0.0/8 ident',
    // On the host itself the answer of ident can be believed.
    'host all app ::1/128 ident',
  );
  const found = await finds([
    'host all all 10.0.0.0/8 password',
    'hostssl all all 10.0.0.0/8 password',
    'local all all password',
    'host all app 10.0.0.0/8 md5',
    'host all app 10.0.0.0/8 ident',
  ]);
  assert.deepEqual(
    found.map(({ severity }) => severity),
    ['critical', 'warning', 'info', 'info', 'warning'],
  );
  assert.match(found[3]?.summary ?? '', /md5 \(SCRAM verifiers pass as well\)/);
});

checkTest(
  id,
  { title: 'stored as MD5', settings: { password_encryption: 'md5' } },
  async (world) => {
    await world.admin.query(grant);
    await writeFile(join(world.server.data, 'pg_hba.conf'), 'host all app 10.0.0.0/8 md5\n');
    const [found] = await world.finds(['host all app 10.0.0.0/8 md5']);
    assert.equal(found?.severity, 'warning');
  },
);
