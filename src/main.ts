#!/usr/bin/env node
// The composition root: the only file that knows adapters and faces together.
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Config, TargetConfig } from './engine/config.ts';
import type { FoundTarget, Ports, Terminal } from './faces/cli/ports.ts';
import { runCommandLine } from './faces/cli/program.ts';
import type { Catalog } from './kernel/catalog.ts';
import { RunbookError } from './kernel/errors.ts';
import type { Clock } from './kernel/session.ts';
import { version } from './version.ts';

const clock: Clock = { now_ms: () => performance.timeOrigin + performance.now() };

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  columns: process.stdout.columns ?? 80,
  out_is_terminal: process.stdout.isTTY === true,
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
  findPrograms: async () => (await import('./adapters/tools/find-programs.ts')).findPrograms(),
  pause: (duration_ms) => pause(duration_ms),
  demo: async (options) => {
    const { runDemo } = await import('./adapters/embedded/start-server.ts').then(
      () => import('../examples/demo.ts'),
    );
    return runDemo({ ...options, ports });
  },
};

// A reader that goes away (`| head`) is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
process.exitCode = await runCommandLine(process.argv.slice(2), ports);

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
    wanted === undefined
      ? ['pgrunbook.yaml', join(home, 'pgrunbook', 'pgrunbook.yaml')]
      : [wanted];
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
  const found = await find({
    connection: target?.connection || undefined,
    password: target?.password ?? undefined,
    pgbouncer: target?.pgbouncer ?? undefined,
  });
  return {
    ...found,
    open: (catalog) => {
      const functions = catalog.checks.flatMap(({ check }) => check.needs.functions ?? []);
      return found.open({ functions: [...new Set(functions)], clock });
    },
  };
}
