// Bad lines of each configuration file are found by file and line, and pending restarts are not.
import assert from 'node:assert/strict';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'configuration-file-errors';

checkTest(id, {}, async ({ major, admin, server, isOk, finds, skips }) => {
  const grant = (name: string) =>
    admin.query(`grant execute on function ${name}() to pgrunbook_monitor`);
  await skips('needs-privilege');
  await grant('pg_show_all_file_settings');
  const { reason } = await skips('needs-privilege');
  assert.match(reason ?? '', /pg_hba_file_rules/);
  await grant('pg_hba_file_rules');
  if (major >= 15) {
    await skips('denied');
    await grant('pg_ident_file_mappings');
  }
  await isOk();
  // This one only waits for a restart.
  await alterSystem(admin, { max_connections: '120' });
  await isOk();

  const append = async (file: string, line: string) => {
    const path = join(server.data, file);
    const before = await readFile(path, 'utf8');
    await appendFile(path, `${line}\n`);
    const place = `${file} line ${before.split('\n').length}`;
    return { place, undo: () => writeFile(path, before) };
  };
  const settings = await append('postgresql.conf', 'work_mem = lots');
  const rules = await append('pg_hba.conf', 'host all all 10.0.0.0/8 trusted');
  const found = await finds([settings.place, rules.place]);
  assert.deepEqual(
    found.map(({ severity }) => severity),
    ['critical', 'critical'],
  );
  assert.match(found[0]?.summary ?? '', /\(work_mem\): /);
  assert.match(found[1]?.summary ?? '', /invalid authentication method/);
  await settings.undo();
  await rules.undo();
  await isOk();

  if (major < 15) return;
  const map = await append('pg_ident.conf', 'onlyamap');
  const [missing] = await finds([map.place]);
  assert.equal(missing?.severity, 'warning');
});
