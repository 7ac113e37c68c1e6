// Inspections as a scheduler would run them: the command line, again and again.
import { setTimeout as pause } from 'node:timers/promises';
import type { EmbeddedServer } from '../src/adapters/embedded/start-server.ts';
import type { Login } from './peers.ts';
import { childrenCpu, runBundle } from './processes.ts';

/** How long after the start of an inspection the next one starts. */
export const every_ms = 10_000;

/** Processor time of one inspection, whoever else uses the machine: in pgrunbook, in the server. */
export interface Cost {
  readonly ours_ms: number;
  readonly server_ms: number;
}

/** How many inspections the mean is taken of. */
export const costRuns = 10;

/** Measures it on a server that nobody else uses. */
export async function measureCost(server: EmbeddedServer, who: Omit<Login, 'port'>): Promise<Cost> {
  const login = { ...who, port: server.port };
  await inspectOnce(login);
  const ours_ms = await childrenCpu();
  // The postmaster sees our two backends end, and no other: nothing else connects now.
  const server_ms = await childrenCpu(server.pid);
  for (let time = 0; time < costRuns; time += 1) await inspectOnce(login);
  return {
    ours_ms: ((await childrenCpu()) - ours_ms) / costRuns,
    server_ms: ((await childrenCpu(server.pid)) - server_ms) / costRuns,
  };
}

/** Inspects every ten seconds until the signal; @returns what each took, in milliseconds. */
export async function inspectUntil(login: Login, end: AbortSignal): Promise<readonly number[]> {
  const durations: number[] = [];
  while (!end.aborted) {
    const next_ms = performance.now() + every_ms;
    durations.push(await inspectOnce(login));
    const rest_ms = Math.max(0, next_ms - performance.now());
    await pause(rest_ms, undefined, { signal: end }).catch(() => undefined);
  }
  return durations;
}

// Both lanes, in a process of its own. @returns what it took by its own clock, in milliseconds.
async function inspectOnce({ user, port, database }: Login): Promise<number> {
  const uri = `postgresql://${user}@127.0.0.1:${port}/${database}?sslmode=disable`;
  const { stdout } = await runBundle(['check', uri, '-o', 'json', '--fail-on', 'never']);
  // Its shape is the one the command line promises to scripts.
  return (JSON.parse(stdout) as { duration_ms: number }).duration_ms;
}
