// A schema in which everybody may create is found, as clusters before 15 were made.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('public-schema-create', {}, async ({ admin, major, isOk, finds, skips }) => {
  if (major >= 15) await isOk();
  // What a database has that was upgraded from 14.
  await admin.query('grant create on schema public to public');
  await admin.query('create schema "My App"; grant usage, create on schema "My App" to public');
  const [schema, other] = await finds(['public', '"My App"']);
  assert.equal(schema?.severity, 'warning');
  assert.match(other?.summary ?? '', /every role may create objects in schema "My App"/);

  await admin.query('revoke create on schema public, "My App" from public');
  await admin.query('create role app; grant create on schema public to app');
  await isOk();
  await admin.query('drop schema public, "My App"');
  await skips('nothing-to-examine');
});
