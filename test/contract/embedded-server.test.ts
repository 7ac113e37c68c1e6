// The embedded servers: quick to start, stopped for good, and runnable from a closed folder.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { findInstallation } from '../../src/adapters/embedded/installation.ts';
import { openFolder, run } from '../../src/adapters/embedded/owner.ts';
import { startServer } from '../../src/adapters/embedded/start-server.ts';
import { run as runScript } from '../harness/command.ts';
import { connect, majors, testServer } from '../harness/servers.ts';

test('every major starts, answers and says its version', async (t) => {
  const servers = await Promise.all(majors.map((major) => testServer(t, { major })));
  for (const server of servers) {
    const client = await connect(t, server);
    const { rows } = await client.query('show server_version_num');
    assert.equal(Math.trunc(rows[0].server_version_num / 10_000), server.major);
  }
});

test('a stopped server leaves neither process nor folder', async () => {
  const server = await startServer({ major: 17, settings: { fsync: 'off' } });
  const { pid, host } = server;
  assert.ok(existsSync(`/proc/${pid}`));
  await server.stop();
  assert.ok(!existsSync(`/proc/${pid}`));
  assert.ok(!existsSync(host));
});

test('a halted server keeps its data and starts again', async (t) => {
  const server = await testServer(t, { major: 17 });
  const client = await connect(t, server);
  await client.query('create table kept (id int)');
  await server.restart();
  const again = await connect(t, server);
  const { rows } = await again.query(`select to_regclass('kept') as kept`);
  assert.equal(rows[0].kept, 'kept');
});

test('a setting it does not know ends the start with what the server said', async () => {
  await assert.rejects(
    startServer({ major: 17, settings: { no_such_setting: 'on' } }),
    (error: Error & { code?: string; why?: string }) =>
      error.code === 'failed/embedded-server' && /no_such_setting/.test(error.why ?? ''),
  );
});

const embedded = join(import.meta.dirname, '..', '..', 'src', 'adapters', 'embedded');

/** An empty folder as TMPDIR of a child process, open to the user that runs the servers. */
async function freshMachine(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pgrunbook-fresh-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o755);
  return folder;
}

test('two processes on a fresh machine start five servers of one major each', async (t) => {
  const TMPDIR = await freshMachine(t);
  const script = `
    const { startServer } = await import(${JSON.stringify(join(embedded, 'start-server.ts'))});
    const starts = await Promise.allSettled([1, 2, 3, 4, 5].map(() => startServer({ major: 17 })));
    await Promise.all(starts.map(({ value }) => value?.stop()));
    console.log(starts.map(({ reason }) => reason?.message ?? 'started').join());`;
  const args = ['--input-type=module', '--eval', script];
  const ended = await Promise.all(
    [1, 2].map(() => runScript(process.execPath, args, { env: { TMPDIR } })),
  );
  for (const { stdout, stderr } of ended) {
    assert.equal(stdout, 'started,started,started,started,started\n', stderr);
  }
  const [folder] = await readdir(TMPDIR);
  // Nothing unfinished is left beside the one cluster that all of them are copies of.
  const left = await readdir(join(TMPDIR, folder ?? ''));
  assert.match(left.join(), /^cluster-17[^,]*-\d+$/);
});

test('under umask 0002 the folder of the servers is still writable to nobody else', async (t) => {
  const TMPDIR = await freshMachine(t);
  const script = `
    const { openFolder } = await import(${JSON.stringify(join(embedded, 'owner.ts'))});
    console.log(await openFolder());`;
  const shell = 'umask 0002; exec "$0" --input-type=module --eval "$1"';
  const args = ['-c', shell, process.execPath, script];
  const { status, stdout, stderr } = await runScript('bash', args, { env: { TMPDIR } });
  assert.equal(status, 0, stderr);
  assert.equal((await stat(stdout.trim())).mode & 0o777, 0o755);
});

test('a major that is not installed is told with the command that installs it', async () => {
  await assert.rejects(findInstallation(13), { code: 'unsupported/platform' });
});

const notRoot = process.getuid?.() === 0 ? false : 'only root runs servers as another user';

test('programs below a closed folder are copied to where the server may run them', {
  skip: notRoot,
}, async (t) => {
  const open = await findInstallation(17);
  const closed = await mkdtemp(join(tmpdir(), 'pgrunbook-closed-'));
  t.after(() => rm(closed, { recursive: true, force: true }));
  const module = join(closed, 'node_modules', 'pg17');
  await mkdir(module, { recursive: true });
  await run('cp', ['-a', open.folder, join(module, 'native')]);
  await run('cp', ['-a', join(open.folder, '..', 'package.json'), module]);
  await chmod(closed, 0o700);
  const copied = await findInstallation(17, closed);
  t.after(() => rm(copied.folder, { recursive: true, force: true }));
  assert.ok(copied.folder.startsWith(await openFolder()));
  await run(join(copied.folder, 'bin', 'postgres'), ['--version'], copied.owner);
  // The second time the copy is there already.
  assert.equal((await findInstallation(17, closed)).folder, copied.folder);
  assert.match(await readFile(join(module, 'package.json'), 'utf8'), /17\./);
});
