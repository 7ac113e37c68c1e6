// Settings that lose data at a crash are found, for the server and for one role or database.
import assert from 'node:assert/strict';
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'durability-settings';

checkTest(id, { settings: { fsync: 'on' } }, async ({ admin, isOk, finds }) => {
  await isOk();
  await alterSystem(admin, {
    full_page_writes: 'off',
    synchronous_commit: 'off',
    zero_damaged_pages: 'on',
    ignore_checksum_failure: 'on',
  });
  const found = await finds([
    'full_page_writes',
    'synchronous_commit',
    'zero_damaged_pages',
    'ignore_checksum_failure',
  ]);
  const severities = found.map(({ severity }) => severity);
  assert.deepEqual(severities, ['critical', 'info', 'critical', 'warning']);
  await alterSystem(admin, {
    full_page_writes: null,
    synchronous_commit: 'local',
    zero_damaged_pages: null,
    ignore_checksum_failure: null,
  });
  await isOk();
});

checkTest(id, { title: 'fsync off' }, async ({ admin, finds }) => {
  const [found] = await finds(['fsync']);
  assert.equal(found?.severity, 'critical');
  // Settings are readable by everybody.
  await admin.query('create role visitor login');
  await finds(['fsync'], { user: 'visitor' });
});

checkTest(id, { title: 'overrides', settings: { fsync: 'on' } }, async ({ admin, isOk, finds }) => {
  await admin.query('create role "Importer"');
  await admin.query('alter role "Importer" in database app set synchronous_commit = local');
  await isOk();
  await admin.query('alter role "Importer" in database app set synchronous_commit = no');
  await admin.query('alter database app set zero_damaged_pages = true');
  const found = await finds([
    'synchronous_commit of role Importer in database app',
    'zero_damaged_pages of database app',
  ]);
  assert.deepEqual(
    found.map(({ severity }) => severity),
    ['info', 'critical'],
  );
  await admin.query('alter role "Importer" in database app reset all');
  await admin.query('alter database app reset all');
  await isOk();
});
