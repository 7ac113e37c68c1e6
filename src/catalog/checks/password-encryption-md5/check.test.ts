// password_encryption = md5 is found for the server, and for a role that overrides it.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-test.ts';

const id = 'password-encryption-md5';

checkTest(id, { settings: { password_encryption: 'md5' } }, async ({ admin, isOk, finds }) => {
  const [found] = await finds(['password_encryption']);
  assert.equal(found?.severity, 'warning');
  await admin.query(`alter system set password_encryption = 'scram-sha-256'`);
  await admin.query('select pg_reload_conf()');
  await admin.query('select 1');
  await isOk();
  await admin.query(`create role legacy login; alter role legacy set password_encryption = 'md5'`);
  await finds(['password_encryption for role legacy']);
});
