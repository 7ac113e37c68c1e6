// A line below a wider one is found; one that differs in any part is not.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { switchTlsOn } from '../../../../test/harness/tls.ts';

const grant = 'grant execute on function pg_catalog.pg_hba_file_rules() to pgrunbook_monitor';

checkTest('hba-shadowed-rule', {}, async (world) => {
  const { admin, server, isOk, finds, skips } = world;
  const write = (...lines: readonly string[]) =>
    writeFile(join(server.data, 'pg_hba.conf'), `${lines.join('\n')}\n`);
  await skips('needs-privilege');
  await admin.query(grant);
  // Without TLS the server takes a hostssl line for an error.
  await switchTlsOn(world);
  await isOk();
  // From narrow to wide, and what `all` does not mean.
  await write(
    'host app app 10.1.0.0/16 scram-sha-256',
    'host all app 10.0.0.0/8 scram-sha-256',
    'host all all 10.0.0.0/8 reject',
    'host replication all 10.0.0.0/8 scram-sha-256',
    'hostssl all all 2001:db8::/32 scram-sha-256',
    'host all all 2001:db8::/32 reject',
    'host all all samenet md5',
    'local all all peer',
  );
  await isOk();

  await write(
    'host all all 10.0.0.0/8 md5',
    'hostssl app,other app 10.1.2.3/32 scram-sha-256',
    'host replication all 10.1.0.0/16 md5',
    'host all +staff 10.1.0.0/16 md5',
    'host all all all scram-sha-256',
    'host all all ::/0 reject',
  );
  const found = await finds([
    'hostssl app,other app 10.1.2.3/32 scram-sha-256',
    'host all +staff 10.1.0.0/16 md5',
    'host all all ::/0 reject',
  ]);
  assert.deepEqual(
    found.map(({ severity }) => severity),
    ['warning', 'info', 'warning'],
  );
  assert.equal(
    found[0]?.summary,
    'pg_hba.conf line 2 (scram-sha-256) never applies: pg_hba.conf line 1 (md5) matches ' +
      'everything it would',
  );
});

checkTest('hba-shadowed-rule', { title: 'included file', majors: [16, 18] }, async (world) => {
  const { admin, server, finds } = world;
  await admin.query(grant);
  await writeFile(join(server.data, 'more.conf'), 'host all all 10.0.0.0/8 reject\n');
  await writeFile(
    join(server.data, 'pg_hba.conf'),
    'host all all 10.0.0.0/8 trust\ninclude more.conf\n',
  );
  const [found] = await finds(['host all all 10.0.0.0/8 reject']);
  assert.match(found?.summary ?? '', /^more\.conf line 1 \(reject\) never applies/);
});
