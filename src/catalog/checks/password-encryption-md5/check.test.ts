// password_encryption = md5 is found for the server, and for a role that overrides it.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { configure } from '../../../../test/harness/tls.ts';

const id = 'password-encryption-md5';

checkTest(id, {}, async (world) => {
  const { admin, isOk, finds } = world;
  await isOk();
  await configure(world, 'password_encryption', 'md5');
  const [found] = await finds(['password_encryption']);
  assert.equal(found?.severity, 'warning');

  await configure(world, 'password_encryption', 'scram-sha-256');
  await isOk();
  await admin.query(`create role legacy login; alter role legacy set password_encryption = 'md5'`);
  await finds(['password_encryption for role legacy']);
});
