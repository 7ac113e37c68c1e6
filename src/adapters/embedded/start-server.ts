// Starts and stops an embedded PostgreSQL server in a temporary folder.
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFile, chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { RunbookError } from '../../kernel/errors.ts';
import { findInstallation, type Installation } from './installation.ts';
import { endWithProcess, forget } from './last-resort.ts';
import { makeOnce } from './make-once.ts';
import { openFolder, run } from './owner.ts';

export interface ServerOptions {
  readonly major: number;
  readonly settings?: Readonly<Record<string, string>>;
  /** Lines added to postgresql.conf: unlike `settings`, ALTER SYSTEM can override them. */
  readonly configuration?: string;
  /** True to listen on 127.0.0.1 as well as on the socket. */
  readonly tcp?: boolean;
  /** A data directory made elsewhere (a copy for a standby) instead of a new cluster. */
  readonly prepare?: (data: string, installation: Installation) => Promise<void>;
  /** Start of the folder's name, for those who look at the temporary folder. */
  readonly name?: string;
}

export interface EmbeddedServer {
  readonly major: number;
  /** Folder of the socket: the `host` to connect to. */
  readonly host: string;
  readonly port: number;
  readonly data: string;
  readonly pid: number;
  readonly installation: Installation;
  /** What the server wrote to its log so far. */
  log(): string;
  /** Ends the server and removes its folder; `immediate` leaves it as a crash would. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
  /** Ends the server but keeps its data, so that it can be started again. */
  halt(mode?: 'fast' | 'immediate'): Promise<void>;
  restart(): Promise<void>;
}

/** Role that owns every embedded cluster; it may log in without a password on the socket. */
export const embeddedSuperuser = 'postgres';

/** Starts a server with a new cluster; ready to accept connections when the promise resolves. */
export async function startServer(options: ServerOptions): Promise<EmbeddedServer> {
  const installation = await findInstallation(options.major);
  const { uid, gid, is_other_user } = installation.owner;
  const home = await mkdtemp(join(await openFolder(), `${options.name ?? 'server'}-`));
  endWithProcess(home);
  await writeFile(join(home, 'owner.pid'), `${process.pid}\n`);
  if (is_other_user) await chown(home, uid, gid);
  await chmod(home, 0o700);
  const data = join(home, 'data');
  if (options.prepare) await options.prepare(data, installation);
  else await copyCluster(installation, data);
  if (options.configuration) {
    await appendFile(join(data, 'postgresql.conf'), `\n${options.configuration}`);
  }
  return superviseServer({ home, data, installation, options });
}

interface Place {
  readonly home: string;
  readonly data: string;
  readonly installation: Installation;
  readonly options: ServerOptions;
}

async function superviseServer(place: Place): Promise<EmbeddedServer> {
  const port = place.options.tcp ? await freePort() : 5432;
  let running = await launch(place, port).catch(async (error) => {
    await rm(place.home, { recursive: true, force: true });
    forget(place.home);
    throw error;
  });
  const earlier: string[] = [];
  const halt = async (mode: 'fast' | 'immediate' = 'fast') => {
    await end(running.child, mode);
    earlier.push(running.log());
  };
  return {
    major: place.installation.major,
    host: place.home,
    port,
    data: place.data,
    get pid() {
      return running.child.pid ?? 0;
    },
    installation: place.installation,
    log: () => earlier.join('') + running.log(),
    halt,
    async stop(mode) {
      await halt(mode);
      await rm(place.home, { recursive: true, force: true });
      forget(place.home);
    },
    async restart() {
      await halt();
      running = await launch(place, port);
    },
  };
}

/** Makes an empty cluster once per version and copies it: 0.6 s the first time, then 60 ms. */
async function copyCluster(installation: Installation, data: string): Promise<void> {
  const { uid, gid, is_other_user } = installation.owner;
  const cached = join(await openFolder(), `cluster-${installation.version}-${uid}`);
  await makeOnce(cached, async (unfinished) => {
    if (is_other_user) await chown(unfinished, uid, gid);
    const initdb = join(installation.folder, 'bin', 'initdb');
    const settings = ['-U', embeddedSuperuser, '-A', 'trust', '-E', 'UTF8', '--locale=C', '-k'];
    await run(
      initdb,
      ['-D', join(unfinished, 'data'), '--no-sync', ...settings],
      installation.owner,
    );
  });
  const source = join(cached, 'data');
  await run('cp', ['-a', '--reflink=auto', source, data], installation.owner);
}

interface Running {
  readonly child: ChildProcess;
  log(): string;
}

const readyLine = 'database system is ready to accept';

// The log line is the condition waited for; a server that ends before it has failed to start.
async function launch(place: Place, port: number): Promise<Running> {
  const { installation, options } = place;
  const settings = {
    listen_addresses: options.tcp ? '127.0.0.1' : '',
    port: String(port),
    unix_socket_directories: place.home,
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...options.settings,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { uid, gid, is_other_user } = installation.owner;
  const child = spawn(join(installation.folder, 'bin', 'postgres'), ['-D', place.data, ...args], {
    ...(is_other_user ? { uid, gid } : {}),
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' },
  });
  endWithProcess(place.home, child);
  let log = '';
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => reject(notStarted(options.major, log)));
    child.stderr.on('data', (chunk) => {
      log = (log + String(chunk)).slice(-1_000_000);
      if (log.includes(readyLine)) resolve();
    });
  });
  return { child, log: () => log };
}

async function end(child: ChildProcess, mode: 'fast' | 'immediate'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
  await ended;
}

function notStarted(major: number, log: string): RunbookError {
  return new RunbookError('failed/embedded-server', {
    what: `PostgreSQL ${major} did not start`,
    why: log.trim().slice(-2_000),
  });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address !== null && typeof address === 'object') return address.port;
  throw new RunbookError('failed/embedded-server', { what: 'no free port on 127.0.0.1' });
}
