// Sizes are held against the declared disk, and what may not be asked for is not taken for small.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('database-size', {}, async ({ admin, isOk, finds, skips }) => {
  await skips('needs-configuration');
  const disk = (disk_bytes: number) => ({ baselines: { disk_bytes } });
  await isOk(disk(1024 ** 4));
  const sum = 'select sum(pg_database_size(oid))::float8 as bytes from pg_database';
  const bytes = Number((await admin.query(sum)).rows[0].bytes);
  const [warning] = await finds(['disk'], disk(bytes / 0.85));
  assert.equal(warning?.severity, 'warning');
  assert.match(warning.summary, /^The databases take .* 8\d(\.\d)? % of the disk of/);
  const [critical] = await finds(['disk'], disk(bytes / 0.95));
  assert.equal(critical?.severity, 'critical');
  assert.equal(critical.fingerprint, warning.fingerprint);

  await admin.query('create role stranger login');
  await admin.query('create database "Hidden 🐘"');
  await admin.query('revoke connect on database "Hidden 🐘" from public');
  const hidden = await skips('cannot-tell', { ...disk(1024 ** 4), user: 'stranger' });
  assert.match(hidden.reason ?? '', /^the size of 1 database may not be asked for/);
  await isOk(disk(1024 ** 4));
});
