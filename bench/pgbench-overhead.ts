// Claim: an inspection every ten seconds costs a busy server less than one per cent.
import { cpus } from 'node:os';
import type { EmbeddedServer } from '../src/adapters/embedded/start-server.ts';
import { startServer } from '../src/adapters/embedded/start-server.ts';
import type { Claim, Limit, Outcome, Table } from './claim.ts';
import { type Cost, costRuns, every_ms, inspectUntil, measureCost } from './inspections.ts';
import { monitorRole, using } from './large-database.ts';
import { findProgram } from './peers.ts';
import { buildBundle, finish } from './processes.ts';
import { median, readable } from './statistics.ts';

const major = 17;
const database = 'load';
const scale = 20;
const clients = 4;
const pairs = Number(process.env['BENCH_PAIRS'] ?? 3);
const run_s = Number(process.env['BENCH_SECONDS'] ?? 30);

export const pgbenchOverhead: Claim = {
  id: 'pgbench-overhead',
  title: 'inspecting a server every 10 s takes less than 1 % of its transactions',
  measure,
};

/** What runs beside pgbench. Two runs without anything tell how large the noise is. */
type Beside = 'nothing' | 'nothing again' | 'inspections';

const sides: readonly Beside[] = ['nothing', 'inspections', 'nothing again'];

interface Run {
  readonly beside: Beside;
  readonly tps: number;
  readonly latency_ms: number;
  readonly inspections_ms: readonly number[];
}

async function measure(note: (text: string) => void): Promise<Outcome> {
  const pgbench = findProgram('pgbench');
  if ('absent' in pgbench) return { limits: [], tables: [], notes: [pgbench.absent] };
  await buildBundle();
  const server = await startLoadServer();
  try {
    const load = { pgbench: pgbench.program, server };
    note('filling the pgbench tables');
    await bench(load, ['-i', '-q', '-s', String(scale)]);
    await runOnce(load, { beside: 'nothing', rate: undefined, seconds: Math.ceil(run_s / 3) });
    note('measuring the processor time of an inspection');
    const cost = await measureCost(server, { user: monitorRole, database });
    const full = await runPairs(load, { rate: undefined, note });
    // Half of what it can do leaves room, so that what is lost is not just the noise of a full CPU.
    const rate = Math.floor(median(of(full, 'nothing', 'tps')) / 2);
    const limited = await runPairs(load, { rate, note });
    return report({ cost, full, limited, rate });
  } finally {
    await server.stop('immediate');
  }
}

async function startLoadServer(): Promise<EmbeddedServer> {
  const settings = {
    shared_preload_libraries: 'pg_stat_statements',
    shared_buffers: '512MB',
    max_wal_size: '4GB',
    synchronous_commit: 'off',
    fsync: 'off',
  };
  const server = await startServer({ major, name: 'bench', tcp: true, settings });
  await using(server, 'postgres', async (admin) => {
    await admin.query(`create role ${monitorRole} login in role pg_monitor`);
    await admin.query(`create database ${database}`);
  });
  await using(server, database, (admin) => admin.query('create extension pg_stat_statements'));
  return server;
}

interface Load {
  readonly pgbench: string;
  readonly server: EmbeddedServer;
}

async function bench({ pgbench, server }: Load, args: readonly string[]): Promise<string> {
  const address = ['-h', '127.0.0.1', '-p', String(server.port), '-U', 'postgres'];
  const { status, stdout, stderr } = await finish(pgbench, [...args, ...address, database]);
  if (status !== 0) throw new Error(`pgbench ended with ${status}: ${stderr}`);
  return stdout;
}

interface Pairs {
  readonly rate: number | undefined;
  readonly note: (text: string) => void;
}

// Interleaved, and in turn from either end, so that a drift of the machine meets all alike.
async function runPairs(load: Load, { rate, note }: Pairs): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    for (const beside of pair % 2 === 0 ? sides : sides.toReversed()) {
      note(`pair ${pair + 1}, ${rate === undefined ? 'full speed' : `${rate} tps`}: ${beside}`);
      runs.push(await runOnce(load, { beside, rate, seconds: run_s }));
    }
  }
  return runs;
}

interface Once {
  readonly beside: Beside;
  readonly rate: number | undefined;
  readonly seconds: number;
}

async function runOnce(load: Load, { beside, rate, seconds }: Once): Promise<Run> {
  // The seed makes the schedule of a fixed rate the same each time: it is drawn at random.
  const args = ['-n', '-c', `${clients}`, '-j', '1', '-T', `${seconds}`, '--random-seed=1'];
  const limit = rate === undefined ? [] : ['-R', String(rate)];
  const end = new AbortController();
  const login = { port: load.server.port, user: monitorRole, database };
  const inspecting = beside === 'inspections' ? inspectUntil(login, end.signal) : [];
  const output = await bench(load, [...args, ...limit]);
  end.abort();
  return {
    beside,
    tps: figure(output, /^tps = ([\d.]+)/m),
    latency_ms: figure(output, /^latency average = ([\d.]+) ms/m),
    inspections_ms: await inspecting,
  };
}

function figure(output: string, pattern: RegExp): number {
  const found = pattern.exec(output)?.[1];
  if (found === undefined) throw new Error(`pgbench did not tell ${pattern}: ${output}`);
  return Number(found);
}

function of(runs: readonly Run[], beside: Beside, key: 'tps' | 'latency_ms'): readonly number[] {
  return runs.filter((run) => run.beside === beside).map((run) => run[key]);
}

/** By how many per cent the second series lies below the first, pair by pair. */
function losses(before: readonly number[], after: readonly number[]): readonly number[] {
  return before.map((value, index) => 100 * (1 - (after[index] ?? Number.NaN) / value));
}

interface Measured {
  readonly cost: Cost;
  readonly full: readonly Run[];
  readonly limited: readonly Run[];
  readonly rate: number;
}

function report({ cost, full, limited, rate }: Measured): Outcome {
  const durations = [...full, ...limited].flatMap(({ inspections_ms }) => inspections_ms);
  const share = (ms: number) => (100 * ms) / (every_ms * cpus().length);
  return {
    limits: [
      {
        what: 'processor time of the server',
        measured: share(cost.server_ms),
        below: 1,
        unit: '%',
      },
      lostLimit('transactions lost at a fixed rate', limited),
      lostLimit('transactions lost at full speed', full),
    ],
    tables: [
      {
        title: `Processor time of one inspection, mean of ${costRuns}`,
        columns: ['where', 'ms', `% of ${cpus().length} cores, every ${every_ms / 1_000} s`],
        rows: [
          ['the server', cost.server_ms, share(cost.server_ms)],
          ['pgrunbook, with the start of its process', cost.ours_ms, share(cost.ours_ms)],
        ],
      },
      runTable('Full speed', full),
      runTable(`Fixed rate of ${rate} transactions a second`, limited),
    ],
    notes: [
      `${pairs} rounds of ${run_s} s, ${clients} clients, scale ${scale}, PostgreSQL ${major};`,
      `pgbench, server and inspections share the cores. Inspections: ${durations.length}, median`,
      `${readable(median(durations))} ms, both lanes, a new process each time.`,
      'Noise is how far two runs without inspections lay apart: "nothing again" against "nothing".',
    ],
  };
}

function lostLimit(what: string, runs: readonly Run[]): Limit {
  const lost = (beside: Beside) => losses(of(runs, 'nothing', 'tps'), of(runs, beside, 'tps'));
  return {
    what: `${what}, median`,
    measured: median(lost('inspections')),
    below: 1,
    unit: '%',
    noise: median(lost('nothing again').map(Math.abs)),
  };
}

function runTable(title: string, runs: readonly Run[]): Table {
  const row = (beside: Beside) => {
    const tps = of(runs, beside, 'tps');
    const lost = losses(of(runs, 'nothing', 'tps'), tps);
    return [
      beside,
      median(tps),
      `${lost.map(readable).join(', ')}`,
      median(of(runs, beside, 'latency_ms')),
    ];
  };
  return {
    title,
    columns: ['beside it', 'median tps', 'lost %, round by round', 'median latency ms'],
    rows: sides.map(row),
  };
}
