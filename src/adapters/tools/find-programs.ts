// Which PostgreSQL programs this machine has, and of which version.
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

export interface FoundProgram {
  readonly name: string;
  readonly path: string | null;
  readonly version: string | null;
}

const programs = [
  'psql',
  'pg_dump',
  'pg_restore',
  'pg_basebackup',
  'pg_verifybackup',
  'pg_amcheck',
  'pgbench',
  'pgbouncer',
  'pgbackrest',
];

const execute = promisify(execFile);

/** Looks along `path`, and where Debian keeps what it does not put there; asks each its version. */
export async function findPrograms(path: string): Promise<readonly FoundProgram[]> {
  const along = path.split(delimiter).filter((folder) => folder !== '');
  const folders = [...along, '/usr/sbin', '/usr/local/sbin'];
  return Promise.all(programs.map((name) => findProgram(name, folders)));
}

async function findProgram(name: string, folders: readonly string[]): Promise<FoundProgram> {
  const paths = folders.map((folder) => join(folder, name));
  const usable = await Promise.all(paths.map(isExecutable));
  const path = paths[usable.indexOf(true)] ?? null;
  return { name, path, version: path === null ? null : await versionOf(path) };
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function versionOf(path: string): Promise<string | null> {
  const { stdout } = await execute(path, ['--version'], { timeout: 5_000 }).catch(() => ({
    stdout: '',
  }));
  return /\d+(\.\d+)+/.exec(stdout)?.[0] ?? null;
}
