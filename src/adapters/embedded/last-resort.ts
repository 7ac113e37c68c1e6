// Ends the servers of this process when it exits in the middle of things, as on Ctrl-C.
import type { ChildProcess } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

// Folder to server, where it was started already. A process that is killed outright cannot do
// this: then `sweepLeftovers` of the next one does.
const left = new Map<string, ChildProcess | undefined>();

const endLimit_ms = 3_000;
const poll_ms = 10;

/** From now on the end of this process ends the server, if any, and removes the folder. */
export function endWithProcess(home: string, server?: ChildProcess): void {
  if (left.size === 0) process.once('exit', endAll);
  left.set(home, server);
}

/** The folder was removed in good order. */
export function forget(home: string): void {
  left.delete(home);
  if (left.size === 0) process.off('exit', endAll);
}

// Nothing asynchronous happens in a listener of `exit`, so it waits without the event loop.
function endAll(): void {
  for (const server of left.values()) server?.kill('SIGQUIT');
  for (const [home, server] of left) {
    waitForEnd(server?.pid);
    try {
      rmSync(home, { recursive: true, force: true });
    } catch {
      // A file that appears while the folder is emptied: the next sweep removes the rest.
    }
  }
}

function waitForEnd(pid: number | undefined): void {
  const bell = new Int32Array(new SharedArrayBuffer(4));
  for (let waited_ms = 0; waited_ms < endLimit_ms && isRunning(pid); waited_ms += poll_ms) {
    Atomics.wait(bell, 0, 0, poll_ms);
  }
}

// A process that ended stays in /proc as a zombie (Z) until its parent takes note of it.
function isRunning(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
