// Lines that take clients without TLS are found, unless a line before them refuses those.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { switchTlsOn } from '../../../../test/harness/tls.ts';

const grant = 'grant execute on function pg_catalog.pg_hba_file_rules() to pgrunbook_monitor';

checkTest('hba-without-tls', {}, async (world) => {
  const { admin, server, isOk, finds, skips } = world;
  const write = (...lines: readonly string[]) =>
    writeFile(
      join(server.data, 'pg_hba.conf'),
      `${['local all all trust', ...lines].join('\n')}\n`,
    );
  await skips('needs-privilege');
  await admin.query(grant);
  // Without TLS at all this is tls-off's business.
  await skips('cannot-tell');
  await switchTlsOn(world);

  await write(
    'host all all 127.0.0.1/32 scram-sha-256',
    'hostssl all all 10.0.0.0/8 scram-sha-256',
    'hostgssenc all all 10.0.0.0/8 gss',
    'hostssl all all 10.0.0.0/8 cert',
    'host all all 0.0.0.0/0 reject',
  );
  await isOk();
  await write('host all all 10.0.0.0/8 scram-sha-256', 'hostnossl app app 192.0.2.1/32 md5');
  const [also, only] = await finds([
    'host all all 10.0.0.0/8 scram-sha-256',
    'hostnossl app app 192.0.2.1/32 md5',
  ]);
  assert.equal(also?.severity, 'warning');
  assert.match(also.summary, /line 2 accepts all over the network also without TLS/);
  assert.match(only?.summary ?? '', /only without TLS/);

  await write('hostnossl all all 10.0.0.0/8 reject', 'host all all 10.1.0.0/16 scram-sha-256');
  await isOk();
  // Narrower than what follows: the rest still comes in clear.
  await write('hostnossl all all 10.1.0.0/16 reject', 'host all all 10.0.0.0/8 scram-sha-256');
  await finds(['host all all 10.0.0.0/8 scram-sha-256']);
});
