#!/usr/bin/env node
// The composition root: the only file that knows adapters and faces together.
import { readFile } from 'node:fs/promises';
import { constants, homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Config, TargetConfig } from './engine/config.ts';
import type { ExampleEstate, FoundTarget, Ports, Terminal } from './faces/cli/ports.ts';
import { runCommandLine } from './faces/cli/program.ts';
import type { Catalog } from './kernel/catalog.ts';
import { errorKinds, RunbookError } from './kernel/errors.ts';
import type { Clock } from './kernel/session.ts';
import { version } from './kernel/version.ts';

const clock: Clock = { now_ms: () => performance.timeOrigin + performance.now() };

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  columns: process.stdout.columns ?? 80,
  err_is_terminal: process.stderr.isTTY === true && process.env['TERM'] !== 'dumb',
  color: wantsColor(),
};

const ports: Ports = {
  version,
  clock,
  terminal,
  loadCatalog: async () => (await import('./load-catalog.ts')).loadCatalog(version),
  readConfig,
  findTarget,
  findPrograms: async () => {
    const { findPrograms } = await import('./adapters/tools/find-programs.ts');
    return findPrograms(process.env['PATH'] ?? '');
  },
  pause: (duration_ms) => pause(duration_ms),
  loadEstates,
  sweepLeftovers: async () => (await import('./adapters/embedded/sweep.ts')).sweepLeftovers(),
  claimInterrupt,
};

// A terminal that is closed sends SIGHUP.
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

process.stdout.on('error', endByWriteError);
// What stderr does not take cannot be told anywhere; the exit status still says how it ended.
process.stderr.on('error', () => undefined);
for (const signal of endingSignals) process.on(signal, endBySignal);
const status = await runCommandLine(process.argv.slice(2), ports);
process.exitCode = status;
// After Ctrl-C nothing is waited for; what still runs is ended by the listeners of `exit`.
if (status === 130) process.exit(status);

function endByWriteError(cause: NodeJS.ErrnoException): void {
  // A reader that goes away (`| head`) is no fault of ours.
  if (cause.code === 'EPIPE') process.exit(0);
  const what = `cannot write to standard output: ${cause.message}`;
  const error = new RunbookError('failed/write', { what, cause });
  terminal.err(`${error.code}: ${error.message}\n`);
  process.exit(errorKinds[error.kind].exit);
}

// As a shell reports a process that a signal ended: 128 and the signal's number.
function endBySignal(signal: NodeJS.Signals): void {
  process.exit(128 + constants.signals[signal]);
}

function claimInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const signal of endingSignals) {
    process.off(signal, endBySignal);
    process.once(signal, () => {
      process.on(signal, endBySignal);
      controller.abort();
    });
  }
  return controller.signal;
}

async function loadEstates(): Promise<readonly ExampleEstate[]> {
  const [{ estates }, { playEstate }, { startServer }] = await Promise.all([
    import('../examples/estates.ts'),
    import('../examples/play.ts'),
    import('./adapters/embedded/start-server.ts'),
  ]);
  return estates.map((estate) => ({
    ...estate,
    expected: [...new Set(estate.faults.flatMap(({ found_by }) => found_by))],
    play: () => playEstate(estate, startServer),
  }));
}

function wantsColor(): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') return true;
  return process.stdout.isTTY === true && TERM !== 'dumb';
}

async function readConfig(named: string | undefined, catalog: Catalog): Promise<Config> {
  const { XDG_CONFIG_HOME, PGRUNBOOK_CONFIG } = process.env;
  const home = XDG_CONFIG_HOME || join(homedir(), '.config');
  const wanted = named ?? PGRUNBOOK_CONFIG;
  const places =
    wanted === undefined ? ['pgrunbook.yaml', join(home, 'pgrunbook', 'pgrunbook.yaml')] : [wanted];
  for (const file of places) {
    const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT' && wanted === undefined) return undefined;
      throw new RunbookError('usage/config-missing', {
        what: `cannot read ${file}: ${cause.code}`,
        cause,
      });
    });
    if (text === undefined) continue;
    const { parseConfig } = await import('./engine/parse-config.ts');
    return parseConfig({ text, file, catalog });
  }
  return (await import('./engine/config.ts')).noConfig;
}

async function findTarget(target: TargetConfig | null): Promise<FoundTarget> {
  const { findTarget: find } = await import('./adapters/postgres/find-target.ts');
  const references = {
    connection: target?.connection || undefined,
    password: target?.password ?? undefined,
    pgbouncer: target?.pgbouncer ?? undefined,
    exporter: target?.exporter ?? undefined,
  };
  const found = await find(references, process.env);
  return {
    ...found,
    open: (catalog, deadline_ms = 30_000) => {
      const functions = catalog.checks.flatMap(({ check }) => check.needs.functions ?? []);
      return found.open({ functions: [...new Set(functions)], clock, deadline_ms });
    },
  };
}
