// Ends embedded servers whose process was killed before it could end them itself.
import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openFolder } from './owner.ts';

const endLimit_ms = 5_000;
const poll_ms = 20;

/** Stops and removes every leftover; @returns how many there were. */
export async function sweepLeftovers(): Promise<number> {
  const root = await openFolder();
  const names = await readdir(root);
  const swept = await Promise.all(names.map((name) => sweepOne(join(root, name))));
  return swept.filter(Boolean).length;
}

async function sweepOne(home: string): Promise<boolean> {
  const started_by = Number(await readFile(join(home, 'owner.pid'), 'utf8').catch(() => ''));
  if (!started_by || (await isAlive(started_by))) return false;
  const pid = Number(
    (await readFile(join(home, 'data', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0],
  );
  if (pid && (await isServerOf(pid, home))) await end(pid);
  await rm(home, { recursive: true, force: true });
  return true;
}

async function isAlive(pid: number): Promise<boolean> {
  return (await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')) !== '';
}

// A pid is used again: only a process that works in this very folder is the leftover.
async function isServerOf(pid: number, home: string): Promise<boolean> {
  return (await readlink(`/proc/${pid}/cwd`).catch(() => '')).startsWith(home);
}

async function end(pid: number): Promise<void> {
  process.kill(pid, 'SIGQUIT');
  const start_ms = performance.now();
  while ((await isAlive(pid)) && performance.now() - start_ms < endLimit_ms) await pause(poll_ms);
}
