// The built package: packed, installed in an empty folder, and run there.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { estates } from '../../examples/estates.ts';
import { version } from '../../src/kernel/version.ts';
import { run } from '../harness/command.ts';
import { connect, testServer } from '../harness/servers.ts';

const root = join(import.meta.dirname, '..', '..');

test('the version of the package is the one the command says', async () => {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  assert.equal(manifest.version, version);
});

test('the package brings the server of every example estate', async () => {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  for (const { name, major } of estates) {
    assert.ok(`pg${major}` in manifest.optionalDependencies, `${name} runs on ${major}`);
  }
});

test('the package works where nothing else is installed', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'pgrunbook-package-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const built = await run(process.execPath, [join(root, 'scripts', 'build.ts')]);
  assert.equal(built.status, 0, built.stderr);
  // The user's own cache of npm, which `npm ci` has just filled.
  const env = { HOME: process.env['HOME'] ?? folder };
  const packed = await run('npm', ['pack', join(root, 'dist'), '--silent'], { cwd: folder, env });
  assert.equal(packed.status, 0, packed.stderr);
  const [archive] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  assert.ok(archive);
  await writeFile(join(folder, 'package.json'), '{"private": true}\n');
  // The optional parts (Node 24, embedded servers) are left out: the command must do without.
  const installed = await run(
    'npm',
    [
      'install',
      '--silent',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      '--omit=optional',
      `./${archive}`,
    ],
    // npm asks the registry even about what it leaves out, and that may take its time.
    { cwd: folder, env, limit_ms: 400_000 },
  );
  assert.equal(installed.status, 0, installed.stderr);
  const command = join(folder, 'node_modules', '.bin', 'pgrunbook');
  const said = await run(process.execPath, [command, '--version'], { cwd: folder });
  assert.equal(said.stdout.trim(), version);

  const server = await testServer(t, { major: 17 });
  const admin = await connect(t, server);
  await admin.query('create table keyless (id int)');
  const target = `host=${server.host} port=${server.port} user=postgres dbname=postgres`;
  const checked = await run(process.execPath, [command, 'check', target, '-o', 'json'], {
    cwd: folder,
  });
  assert.equal(checked.status, 1, checked.stderr);
  const { checks, findings } = JSON.parse(checked.stdout);
  assert.ok(checks.length >= 80);
  assert.ok(findings.some((one: { check: string }) => one.check === 'table-no-primary-key'));
  const demo = await run(process.execPath, [command, 'demo', '--once'], { cwd: folder });
  assert.equal(demo.status, 5, demo.stdout);
  assert.match(demo.stderr, /unsupported\/platform/);

  // One of the two embedded servers: the estates of the other major fail, each by its name.
  await symlink(join(root, 'node_modules', 'pg17'), join(folder, 'node_modules', 'pg17'));
  const partial = await run(process.execPath, [command, 'demo', '--once'], { cwd: folder });
  assert.equal(partial.status, 5, partial.stderr);
  for (const { code, name, major } of estates) {
    const isShown = partial.stdout.includes(`${code} ${name} · PostgreSQL ${major}`);
    const isFailed = partial.stderr.includes(`${name} failed\nunsupported/platform: `);
    assert.deepEqual(
      { name, isShown, isFailed },
      {
        name,
        isShown: major === 17,
        isFailed: major !== 17,
      },
    );
  }
});
