// Where the servers of the tests keep their data: in memory where there is room, which is faster.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
// Some servers at once, the largest of them with 10,000 tables.
const needed_bytes = 6 * 1024 ** 3;

/** Makes the folder, for TMPDIR; the caller removes it. */
export function makeTestFolder(): string {
  const folder = inMemory() ?? mkdtempSync(join(tmpdir(), 'pgrunbook-tests-'));
  chmodSync(folder, 0o755);
  return folder;
}

export function removeTestFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function inMemory(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(memory);
    if (bavail * bsize < needed_bytes) return undefined;
    const folder = mkdtempSync(join(memory, 'pgrunbook-tests-'));
    if (runsPrograms(folder)) return folder;
    removeTestFolder(folder);
  } catch {
    // No such folder, or not ours to write: the usual one will do.
  }
  return undefined;
}

// Servers below a closed folder are copied here, so programs must run from it.
function runsPrograms(folder: string): boolean {
  const program = join(folder, 'try.sh');
  writeFileSync(program, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  return spawnSync(program).status === 0;
}
