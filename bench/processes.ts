// Child processes, timed from outside; and pgrunbook itself, as its users get it: built.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly wall_ms: number;
}

const limit_ms = 300_000;

/** Runs to the end, with nothing of our environment but PATH; @throws where it cannot start. */
export async function finish(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const started_ms = performance.now();
  const child = spawn(program, args, {
    cwd: '/',
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limit_ms,
    killSignal: 'SIGKILL',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { status, stdout, stderr, wall_ms: performance.now() - started_ms };
}

const root = join(import.meta.dirname, '..');
const bundle = join(root, 'dist', 'main.js');

/** Makes dist/ anew, so that what is measured is what the sources say. */
export async function buildBundle(): Promise<void> {
  const built = await finish(process.execPath, [join(root, 'scripts', 'build.ts')]);
  if (built.status !== 0) throw new Error(`the build failed: ${built.stderr}`);
}

export interface Observed {
  /** Node options that come before the bundle, such as an --import. */
  readonly node?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the built command line. */
export async function runBundle(args: readonly string[], how: Observed = {}): Promise<Finished> {
  return finish(process.execPath, [...(how.node ?? []), bundle, ...args], how.env);
}

/** Makes a Node process write its peak of resident memory to a file when it ends. */
export const peakMemoryHook = ['--import', join(import.meta.dirname, 'peak-memory-hook.ts')];

/** Peak of resident memory of a process that still runs; Linux only. */
export async function peakMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) * 1024;
}

// The kernel counts processor time in ticks, of which Linux shows 100 a second.
const tick_ms = 10;

/** Processor time of all children that a process has seen end; the load of others adds nothing. */
export async function childrenCpu(pid = process.pid): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold spaces; cutime and cstime are fields 16 and 17.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * tick_ms;
}
