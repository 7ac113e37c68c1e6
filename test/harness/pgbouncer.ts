// A PgBouncer in front of a test server, on a socket in a temporary folder, ended by its test.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { TestContext } from 'node:test';
import { openFolder } from '../../src/adapters/embedded/owner.ts';
import type { EmbeddedServer } from '../../src/adapters/embedded/start-server.ts';
import { until } from './servers.ts';

export interface Pgbouncer {
  /** Folder of the socket: the `host` to connect to. */
  readonly host: string;
  readonly port: number;
  readonly pid: number;
}

// Debian installs it where only root looks.
const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'];
const program = folders.map((folder) => join(folder, 'pgbouncer')).find(existsSync);

/** Why the tests that need it are skipped; false where it is installed. */
export const withoutPgbouncer: string | false =
  program === undefined ? 'pgbouncer is not installed' : false;

/** Any user may log in, and every user may use the console: the socket is in a closed folder. */
export async function startPgbouncer(
  t: TestContext,
  server: EmbeddedServer,
  settings: Readonly<Record<string, string>> = {},
): Promise<Pgbouncer> {
  const { owner } = server.installation;
  const host = await mkdtemp(join(await openFolder(), 'pgbouncer-'));
  const port = 6432;
  const written = {
    listen_addr: '',
    listen_port: String(port),
    unix_socket_dir: host,
    auth_type: 'any',
    admin_users: 'console',
    ignore_startup_parameters: 'extra_float_digits',
    ...settings,
  };
  const lines = Object.entries(written).map(([name, value]) => `${name} = ${value}`);
  const database = `app = host=${server.host} port=${server.port} user=postgres`;
  const file = join(host, 'pgbouncer.ini');
  await writeFile(file, ['[databases]', database, '[pgbouncer]', ...lines, ''].join('\n'));
  await chmod(host, 0o700);
  if (owner.is_other_user) {
    await chown(file, owner.uid, owner.gid);
    await chown(host, owner.uid, owner.gid);
  }
  const child = spawn(program ?? 'pgbouncer', [file], {
    ...(owner.is_other_user ? { uid: owner.uid, gid: owner.gid } : {}),
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  t.after(async () => {
    await end(child);
    await rm(host, { recursive: true, force: true });
  });
  let log = '';
  child.stderr.on('data', (chunk) => {
    log += String(chunk);
  });
  await until('pgbouncer listens', async () => {
    if (child.exitCode !== null) throw new Error(`pgbouncer ended: ${log}`);
    return existsSync(join(host, `.s.PGSQL.${port}`)) && log.includes('process up');
  });
  return { host, port, pid: child.pid ?? 0 };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
