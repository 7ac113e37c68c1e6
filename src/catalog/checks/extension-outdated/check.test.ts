// An extension older than its files is found until it is updated, and one without files too.
import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'extension-outdated';

checkTest(id, {}, async ({ admin, isOk, finds }) => {
  await isOk();
  await admin.query(`create extension pg_stat_statements version '1.4'`);
  const [found] = await finds(['pg_stat_statements']);
  assert.equal(found?.severity, 'info');
  assert.match(found.summary, /^extension pg_stat_statements is 1\.4, the host has 1\.\d+$/);
  await admin.query('alter extension pg_stat_statements update');
  await isOk();
});

checkTest(id, { title: 'no files', majors: [18] }, async ({ admin, server, finds }) => {
  const folder = join(server.host, 'extra', 'extension');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'own.control'), `default_version = '1.0'\n`);
  await writeFile(join(folder, 'own--1.0.sql'), 'create function own() returns int return 1;\n');
  await chmod(join(server.host, 'extra'), 0o755);
  await admin.query(`set extension_control_path = '${join(server.host, 'extra')}:$system'`);
  await admin.query('create extension own');
  // Other sessions do not look there.
  const [found] = await finds(['own']);
  assert.equal(found?.severity, 'warning');
  assert.match(found.summary, /has no files on the host$/);
});
