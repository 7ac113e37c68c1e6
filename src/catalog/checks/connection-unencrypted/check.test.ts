// A plain session over TCP is found; one with TLS and one on the socket are not.
import assert from 'node:assert/strict';
import { chown } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { connect, until } from '../../../../test/harness/servers.ts';
import { untilGone } from '../../../../test/harness/waiting.ts';
import { run } from '../../../adapters/embedded/owner.ts';
import type { EmbeddedServer } from '../../../adapters/embedded/start-server.ts';

const id = 'connection-unencrypted';
// A test server listens on loopback only, which is trusted by default.
const nowhere = { thresholds: { trusted_networks: [] } };

checkTest(id, { tcp: true }, async ({ t, admin, server, isOk, finds, skips }) => {
  await admin.query('create role shop login');
  // The socket is no network.
  await skips('nothing-to-examine', nowhere);
  await makeCertificate(server);
  await admin.query('alter system set ssl = on');
  await admin.query('select pg_reload_conf()');
  const network = { host: '127.0.0.1', port: server.port };
  const secure = new pg.Client({
    ...network,
    user: 'shop',
    database: 'app',
    ssl: { rejectUnauthorized: false },
  });
  await until('the server speaks TLS', async () => {
    const { rows } = await admin.query('show ssl');
    return rows[0].ssl === 'on';
  });
  secure.on('error', () => undefined);
  await secure.connect();
  t.after(() => secure.end().catch(() => undefined));
  await isOk(nowhere);

  const plain = await connect(t, network, { user: 'shop', application_name: 'api' });
  const [found] = await finds(['role shop, application api'], nowhere);
  assert.equal(found?.severity, 'warning');
  assert.match(found.summary, /^1 session of role shop \(api\) comes unencrypted/);
  assert.equal(found.evidence['client_addresses'], '127.0.0.1');
  await skips('nothing-to-examine');

  await plain.end();
  await untilGone(admin, 'api');
  await isOk(nowhere);
});

async function makeCertificate({ data, installation }: EmbeddedServer): Promise<void> {
  const [certificate, key] = [join(data, 'server.crt'), join(data, 'server.key')];
  const request = [
    'req',
    '-x509',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-newkey',
    'ec',
    '-nodes',
    '-days',
    '1',
  ];
  await run('openssl', [...request, '-subj', '/CN=test', '-out', certificate, '-keyout', key]);
  const { owner } = installation;
  await run('chmod', ['600', key]);
  if (owner.is_other_user) await chown(key, owner.uid, owner.gid);
}
