// Superusers and BYPASSRLS roles over TCP are found; ordinary roles and the socket are not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { connect } from '../../../../test/harness/servers.ts';

const id = 'session-privileges';
// A test server listens on loopback only, which is trusted by default.
const nowhere = { thresholds: { trusted_networks: [] } };

checkTest(id, { tcp: true }, async ({ t, admin, server, isOk, finds }) => {
  await admin.query('create role "Root ☠" superuser login; create role dump bypassrls login');
  await admin.query('create role shop login');
  const remote = (user: string, application_name: string) =>
    connect(t, { host: '127.0.0.1', port: server.port }, { user, application_name });
  await remote('shop', 'shop');
  // The sessions of the test itself are a superuser's, over the socket.
  await isOk(nowhere);

  const root = await remote('Root ☠', 'psql');
  await root.query(`set application_name = ''`);
  await remote('dump', 'pg_dump');
  const objects = ['role Root ☠', 'role dump'];
  const [superuser, dump] = await finds(objects, nowhere);
  assert.equal(superuser?.severity, 'warning');
  assert.equal(superuser.summary, 'superuser Root ☠ has 1 session from 127.0.0.1');
  assert.equal(superuser.evidence['sessions_without_name'], 1);
  assert.equal(dump?.severity, 'info');
  assert.equal(dump.evidence['applications'], 'pg_dump');
  const [, declared] = await finds(objects, {
    ...nowhere,
    baselines: { application_roles: ['dump'] },
  });
  assert.equal(declared?.severity, 'warning');
  await isOk();

  await admin.query('alter role "Root ☠" nosuperuser; alter role dump nobypassrls');
  await isOk(nowhere);
});
