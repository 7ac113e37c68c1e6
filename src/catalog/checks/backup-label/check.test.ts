// A label in the running data directory is found, once the role may look.
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'backup-label';

checkTest(id, { majors: [15, 16, 17, 18] }, async ({ admin, server, isOk, finds, skips }) => {
  const { reason } = await skips('needs-privilege');
  assert.match(reason ?? '', /grant execute on function pg_catalog.pg_stat_file\(text,boolean\)/);
  await admin.query('grant execute on function pg_stat_file(text, boolean) to pgrunbook_monitor');
  await isOk();

  const label = join(server.data, 'backup_label');
  await writeFile(label, 'START WAL LOCATION: 0/2000028\n');
  const [found] = await finds(['backup_label']);
  assert.equal(found?.severity, 'critical');

  await rm(label);
  await isOk();
});

checkTest(id, { title: 'not before 15', majors: [14] }, async ({ skips }) => {
  await skips('needs-version', { user: 'postgres' });
});
