// Under which user an embedded server runs, and where that user may keep files.
import { spawn } from 'node:child_process';
import { chmod, lstat, mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunbookError } from '../../kernel/errors.ts';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
  /** True where we are root and the server runs as somebody else. */
  readonly is_other_user: boolean;
}

const nobody = 65534;

/** Ourselves; when we are root the user postgres, and nobody where there is none. */
export async function owner(): Promise<Owner> {
  const uid = process.getuid?.() ?? 0;
  const gid = process.getgid?.() ?? 0;
  if (uid !== 0) return { uid, gid, is_other_user: false };
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const fields = users.split('\n').map((line) => line.split(':'));
  const postgres = fields.find(([name]) => name === 'postgres');
  return {
    uid: Number(postgres?.[2] ?? nobody),
    gid: Number(postgres?.[3] ?? nobody),
    is_other_user: true,
  };
}

/** A folder of ours below the system's temporary one that every user may enter. */
export async function openFolder(): Promise<string> {
  const uid = process.getuid?.() ?? 0;
  const folder = join(tmpdir(), `pgrunbook-${uid}`);
  // Under umask 0002, usual where every user has a group of their own, it would be 775.
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const found = await lstat(folder);
  // Anybody could have made this folder first, to have us run programs of theirs.
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o022) !== 0) {
    throw new RunbookError('failed/embedded-server', {
      what: `${folder} belongs to another user or can be written by others`,
      remedy: 'Remove it, or set TMPDIR to a folder of your own.',
    });
  }
  await chmod(folder, 0o755);
  return folder;
}

/** Runs a program to its end; throws failed/embedded-server with what it wrote to stderr. */
export async function run(program: string, args: readonly string[], who?: Owner): Promise<void> {
  const identity = who?.is_other_user ? { uid: who.uid, gid: who.gid } : {};
  const child = spawn(program, args, {
    ...identity,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' },
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code === 0) return;
  throw new RunbookError('failed/embedded-server', {
    what: `${program} ended with ${code}`,
    why: stderr.trim().slice(0, 2_000),
  });
}
