// Runs pgrunbook as its users do: a process of its own, with output, errors and exit status.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface CommandResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Called once the process runs, with the means to signal it. */
  readonly during?: (process: RunningCommand) => Promise<void>;
  readonly limit_ms?: number;
}

export interface RunningCommand {
  readonly pid: number;
  readonly stderr: () => string;
  readonly stdout: () => string;
  kill(signal: NodeJS.Signals): void;
}

const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');

/** From source; of the environment only PATH, TMPDIR and what is given, so no PG* variable. */
export async function pgrunbook(
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return run(process.execPath, [main, ...args], options);
}

export async function run(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const child = spawn(program, args, {
    cwd: options.cwd ?? '/',
    env: {
      PATH: process.env['PATH'],
      // Servers that the command starts are looked for where this test has its own.
      ...(process.env['TMPDIR'] ? { TMPDIR: process.env['TMPDIR'] } : {}),
      HOME: '/nonexistent',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: options.limit_ms ?? 120_000,
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
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  await options.during?.({
    pid: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    kill: (signal) => child.kill(signal),
  });
  return { status: await ended, stdout, stderr };
}
