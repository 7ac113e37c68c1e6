// MD5 verifiers are found where a superuser looks; nobody else may.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const superuser = { user: 'postgres' };

checkTest('md5-passwords', {}, async ({ admin, isOk, finds, skips }) => {
  await skips('needs-privilege');
  await skips('nothing-to-examine', superuser);
  await admin.query(`create role app login password 'x'`);
  await isOk(superuser);
  await admin.query(`set password_encryption = 'md5'; alter role app password 'x'`);
  const [found] = await finds(['app'], superuser);
  assert.equal(found?.severity, 'warning');
  assert.doesNotMatch(JSON.stringify(found), /md5[0-9a-f]{32}/);
  await admin.query(`set password_encryption = 'scram-sha-256'; alter role app password 'x'`);
  await isOk(superuser);
});
