// An extension in schema public is told, and is worse where everybody may create beside it.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('extension-in-public', {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query('revoke create on schema public from public');
  await admin.query('create extension pg_trgm schema public');
  const [found] = await finds(['pg_trgm']);
  assert.equal(found?.severity, 'info');
  await admin.query('grant create on schema public to public');
  const [open] = await finds(['pg_trgm']);
  assert.equal(open?.severity, 'warning');

  await admin.query('create schema extensions; alter extension pg_trgm set schema extensions');
  await isOk();
});
