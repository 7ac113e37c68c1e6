// Lines for every address there is are found, the strong ones for information.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { switchTlsOn } from '../../../../test/harness/tls.ts';

const grant = 'grant execute on function pg_catalog.pg_hba_file_rules() to pgrunbook_monitor';

checkTest('hba-any-address', {}, async (world) => {
  const { admin, server, isOk, finds, skips } = world;
  const write = (...lines: readonly string[]) =>
    writeFile(join(server.data, 'pg_hba.conf'), `${lines.join('\n')}\n`);
  await skips('needs-privilege');
  await admin.query(grant);
  // Without TLS the server takes a hostssl line for an error.
  await switchTlsOn(world);
  // trust is what hba-trust is about, and reject is the opposite of an open door.
  await write(
    'local all all scram-sha-256',
    'host all all 0.0.0.0/1 scram-sha-256',
    'host all all db.example.com scram-sha-256',
    'host all all all trust',
    'host all all ::/0 reject',
  );
  await isOk();
  await write(
    'host all all 0.0.0.0/0 scram-sha-256',
    'hostssl all all all scram-sha-256',
    'hostssl all all ::/0 md5',
  );
  const found = await finds([
    'host all all 0.0.0.0/0 scram-sha-256',
    'hostssl all all all scram-sha-256',
    'hostssl all all ::/0 md5',
  ]);
  assert.deepEqual(
    found.map(({ severity }) => severity),
    ['warning', 'info', 'warning'],
  );
});
