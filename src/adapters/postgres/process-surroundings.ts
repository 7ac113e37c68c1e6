// The surroundings of this process: its environment, home directory, user and files.
import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import type { FileStatus, Surroundings } from './resolved-target.ts';

// libpq has one directory compiled in: Debian, Red Hat and their like set this one.
const socket_directory = '/var/run/postgresql';

export function processSurroundings(env: Surroundings['env']): Surroundings {
  const user = currentUser();
  return {
    env,
    home: env['HOME'] || user?.homedir,
    user: user?.username ?? '',
    socket_directory,
    readFile: (path) => readFile(path, 'utf8').catch(() => undefined),
    fileStatus: statusOf,
  };
}

// userInfo() throws where the user id has no entry in passwd, as in many containers.
function currentUser(): { readonly username: string; readonly homedir: string } | undefined {
  try {
    return userInfo();
  } catch {
    return undefined;
  }
}

async function statusOf(path: string): Promise<FileStatus | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && { isFile: found.isFile(), mode: found.mode & 0o7777, owner: found.uid };
}
