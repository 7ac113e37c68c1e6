// Makes a folder that many want at once: whole or not there at all, and once per process.
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';

const underWay = new Map<string, Promise<void>>();

/**
 * Has `make` fill an empty folder of mode 700 and gives it the name `folder`, unless that is there.
 * Between processes the first wins, and what the others made is removed.
 */
export async function makeOnce(
  folder: string,
  make: (unfinished: string) => Promise<void>,
): Promise<void> {
  if (existsSync(folder)) return;
  // Forgotten when it ends, so that a failure can be tried again and a removed folder made again.
  const start = () => makeAndName(folder, make).finally(() => underWay.delete(folder));
  const making = underWay.get(folder) ?? start();
  underWay.set(folder, making);
  await making;
}

async function makeAndName(
  folder: string,
  make: (unfinished: string) => Promise<void>,
): Promise<void> {
  const unfinished = await mkdtemp(`${folder}.`);
  try {
    await make(unfinished);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!isNameTaken(error)) throw error;
  }
}

// A folder that is not empty cannot be renamed over: another process was first.
function isNameTaken(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return error.code === 'ENOTEMPTY' || error.code === 'EEXIST';
}
