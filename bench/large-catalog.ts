// Claim: the fast lane of the whole catalogue, on a database with very many objects.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbeddedServer } from '../src/adapters/embedded/start-server.ts';
import { loadCatalog } from '../src/load-catalog.ts';
import type { Claim, Outcome, Table } from './claim.ts';
import {
  largeDatabase,
  largeSize,
  monitorRole,
  startLargeServer,
  using,
} from './large-database.ts';
import { type ActionTime, findProgram, packageVersion, runActions, scrape } from './peers.ts';
import { buildBundle, peakMemoryHook, runBundle } from './processes.ts';
import { median, readable } from './statistics.ts';

// The newest major that both peers of Debian 12 can read.
const major = Number(process.env['BENCH_MAJOR'] ?? 15);
const times = 5;
const megabyte = 1024 ** 2;

export const largeCatalog: Claim = {
  id: 'large-catalog',
  title: [
    `${largeSize.tables} tables, ${largeSize.tables * largeSize.indexes_per_table} indexes and`,
    `${largeSize.partitions} partitions: every fast check in at most 1.5 s over two connections`,
    'with less than 150 MB of memory',
  ].join(' '),
  measure,
};

async function measure(note: (text: string) => void): Promise<Outcome> {
  await buildBundle();
  note(`making a large database on PostgreSQL ${major}`);
  const server = await startLargeServer(major);
  try {
    note('inspecting it');
    const ours = await inspectOften(server);
    note('measuring memory and connections');
    const cost = await inspectWatched(server);
    note('asking the peers');
    const peers = await measurePeers(server);
    const inspection_ms = median(ours.runs.map(({ duration_ms }) => duration_ms));
    return {
      limits: [
        { what: 'inspection, median', measured: inspection_ms, below: 1_500, unit: 'ms' },
        { what: 'connections', measured: cost.connections, below: 3, unit: 'connections' },
        { what: 'peak memory', measured: cost.memory_bytes / megabyte, below: 150, unit: 'MB' },
      ],
      tables: [
        comparison(ours, cost, peers),
        await slowestProbes(ours.last),
        ...(peers.actions ? [actionTable(peers.actions)] : []),
      ],
      notes: [
        `PostgreSQL ${ours.last.server_version}, as a member of pg_monitor, over loopback;`,
        `${times} runs, each a process of its own with new connections.`,
        ...peers.notes,
      ],
    };
  } finally {
    await server.stop('immediate');
  }
}

interface Inspected {
  readonly server_version: string;
  readonly duration_ms: number;
  readonly checks: readonly { id: string; status: string; duration_ms: number }[];
}

interface Ours {
  readonly runs: readonly { readonly duration_ms: number; readonly wall_ms: number }[];
  readonly last: Inspected;
}

function checkArguments(server: EmbeddedServer): readonly string[] {
  const uri = `postgresql://${monitorRole}@127.0.0.1:${server.port}/${largeDatabase}`;
  return ['check', `${uri}?sslmode=disable`, '--fast', '-o', 'json', '--fail-on', 'never'];
}

async function inspectOften(server: EmbeddedServer): Promise<Ours> {
  const runs: { duration_ms: number; wall_ms: number }[] = [];
  let last: Inspected | undefined;
  for (let time = 0; time < times; time += 1) {
    const { stdout, stderr, wall_ms } = await runBundle(checkArguments(server));
    // Its shape is the one the command line promises to scripts.
    last = JSON.parse(stdout) as Inspected;
    if (last.duration_ms === undefined) throw new Error(`no inspection: ${stdout}${stderr}`);
    runs.push({ duration_ms: last.duration_ms, wall_ms });
  }
  if (last === undefined) throw new Error('nothing was inspected');
  return { runs, last };
}

interface Cost {
  readonly memory_bytes: number;
  readonly connections: number;
}

// A run of its own, since watching costs time.
async function inspectWatched(server: EmbeddedServer): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-memory-'));
  const file = join(folder, 'peak');
  try {
    const connections = await using(server, 'postgres', async (admin) => {
      const state = { isOver: false };
      const run = runBundle(checkArguments(server), {
        node: peakMemoryHook,
        env: { BENCH_PEAK_MEMORY_FILE: file },
      }).finally(() => {
        state.isOver = true;
      });
      let most = 0;
      const sql = `select count(*)::int as count from pg_stat_activity where usename = $1`;
      while (!state.isOver) {
        const { rows } = await admin.query<{ count: number }>(sql, [monitorRole]);
        most = Math.max(most, rows[0]?.count ?? 0);
      }
      await run;
      return most;
    });
    return { memory_bytes: Number(await readFile(file, 'utf8')), connections };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Peers {
  readonly rows: readonly PeerRow[];
  readonly actions?: readonly ActionTime[];
  readonly notes: readonly string[];
}

interface PeerRow {
  readonly name: string;
  readonly asks: string;
  readonly first_ms: number;
  readonly median_ms: number;
  readonly memory: string;
}

async function measurePeers(server: EmbeddedServer): Promise<Peers> {
  const login = { port: server.port, user: monitorRole, database: largeDatabase };
  const rows: PeerRow[] = [];
  const notes: string[] = [];
  const exporter = findProgram('prometheus-postgres-exporter');
  if ('absent' in exporter) notes.push(exporter.absent);
  else {
    notes.push(await versionNote('prometheus-postgres-exporter'));
    for (const per_table of [false, true]) {
      const scrapes = await scrape(exporter.program, login, { times, per_table });
      rows.push({
        name: `postgres_exporter, ${per_table ? 'with counters of each table' : 'its defaults'}`,
        asks: `${scrapes.samples} samples`,
        first_ms: scrapes.wall_ms[0] ?? Number.NaN,
        median_ms: median(scrapes.wall_ms),
        memory: `${readable(scrapes.peak_memory_bytes / megabyte)} MB`,
      });
    }
  }
  const nagios = findProgram('check_postgres');
  const psql = findProgram('psql');
  if ('absent' in nagios) return { rows, notes: [...notes, nagios.absent] };
  if ('absent' in psql) return { rows, notes: [...notes, psql.absent] };
  notes.push(await versionNote('check-postgres'));
  const actions = await runActions(nagios.program, login);
  const total_ms = actions.reduce((sum, { wall_ms }) => sum + wall_ms, 0);
  rows.push({
    name: 'check_postgres, a process a service',
    asks: `${actions.length} services`,
    first_ms: total_ms,
    median_ms: total_ms,
    memory: 'not measured',
  });
  return { rows, actions, notes };
}

async function versionNote(name: string): Promise<string> {
  return `Peer: ${name} ${await packageVersion(name)} of Debian.`;
}

function comparison({ runs, last }: Ours, cost: Cost, peers: Peers): Table {
  const inspection = runs.map(({ duration_ms }) => duration_ms);
  const wall = runs.map(({ wall_ms }) => wall_ms);
  const base_ms = median(wall);
  const ours = (name: string, samples: readonly number[]): PeerRow => ({
    name,
    asks: `${last.checks.length} checks`,
    first_ms: samples[0] ?? Number.NaN,
    median_ms: median(samples),
    memory: `${readable(cost.memory_bytes / megabyte)} MB`,
  });
  const all = [
    ours('pgrunbook check --fast, inspection', inspection),
    ours('pgrunbook check --fast, whole process', wall),
    ...peers.rows,
  ];
  return {
    title: 'Side by side',
    columns: ['what', 'asks', 'first ms', 'median ms', 'peak memory', 'to our process'],
    rows: all.map(({ name, asks, first_ms, median_ms, memory }) => [
      name,
      asks,
      first_ms,
      median_ms,
      memory,
      `${readable(median_ms / base_ms)} x`,
    ]),
  };
}

async function slowestProbes({ checks }: Inspected): Promise<Table> {
  const catalog = await loadCatalog('bench');
  const probes = new Map(catalog.checks.map(({ check, probe }) => [check.id, probe.id]));
  const slowest = new Map<string, number>();
  for (const { id, duration_ms } of checks) {
    const probe = probes.get(id) ?? id;
    slowest.set(probe, Math.max(slowest.get(probe) ?? 0, duration_ms));
  }
  const sorted = [...slowest].toSorted(([, a], [, b]) => b - a);
  const sum_ms = sorted.reduce((sum, [, ms]) => sum + ms, 0);
  return {
    title: `The slowest of ${sorted.length} probes of the last run, ${readable(sum_ms)} ms in all`,
    columns: ['probe', 'ms'],
    rows: sorted.slice(0, Number(process.env['BENCH_PROBES'] ?? 15)),
  };
}

function actionTable(actions: readonly ActionTime[]): Table {
  return {
    title: 'check_postgres, service by service',
    columns: ['service', 'ms', 'said'],
    rows: actions.map(({ action, wall_ms, said }) => [action, wall_ms, said]),
  };
}
