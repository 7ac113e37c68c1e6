// The peers beside us: Debian's prometheus-postgres-exporter and check_postgres, as pg_monitor.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { finish, peakMemory } from './processes.ts';

export interface Login {
  /** An address, because the exporter knows no socket folder in its URI. */
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

const packages = [
  { name: 'prometheus-postgres-exporter', program: '/usr/bin/prometheus-postgres-exporter' },
  { name: 'check-postgres', program: '/usr/bin/check_postgres' },
  { name: 'postgresql-client-15', program: '/usr/bin/psql' },
  { name: 'postgresql-client-15', program: '/usr/bin/pgbench' },
] as const;

/** Where a program of a Debian package lies; @returns why it is absent where it is. */
export function findProgram(name: string): { program: string } | { absent: string } {
  const wanted = packages.find(({ program }) => program.endsWith(`/${name}`));
  if (wanted === undefined) throw new Error(`no package is known for ${name}`);
  if (!existsSync(wanted.program)) install(wanted.name);
  const command = `apt-get install --no-install-recommends ${wanted.name}`;
  return existsSync(wanted.program)
    ? { program: wanted.program }
    : { absent: `${name} is not installed and was left out: ${command}` };
}

function install(name: string): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  // RUNLEVEL keeps the packages from starting services of their own.
  const env = { ...process.env, RUNLEVEL: '1', DEBIAN_FRONTEND: 'noninteractive' };
  const args = ['install', '-y', '--no-install-recommends', name];
  spawnSync('apt-get', args, { stdio: 'ignore', env });
}

/** Version of an installed Debian package. */
export async function packageVersion(name: string): Promise<string> {
  const args = ['-W', '-f', `\${Version}`, name];
  const found = await finish('dpkg-query', args).catch(() => undefined);
  return found?.status === 0 ? found.stdout.trim() : 'unknown';
}

export interface Scrapes {
  readonly wall_ms: readonly number[];
  readonly samples: number;
  readonly peak_memory_bytes: number;
}

const start_limit_ms = 10_000;

// What exporters are commonly asked for beyond their defaults: counters of each table.
const perTableQueries = `
pg_stat_user_tables:
  query: |
    select schemaname, relname, seq_scan, idx_scan, n_tup_ins, n_tup_upd, n_tup_del,
      n_live_tup, n_dead_tup, extract(epoch from last_autovacuum) as last_autovacuum
    from pg_catalog.pg_stat_user_tables
  metrics:
    - schemaname: { usage: LABEL, description: Schema }
    - relname: { usage: LABEL, description: Table }
    - seq_scan: { usage: COUNTER, description: Sequential scans }
    - idx_scan: { usage: COUNTER, description: Index scans }
    - n_tup_ins: { usage: COUNTER, description: Rows inserted }
    - n_tup_upd: { usage: COUNTER, description: Rows updated }
    - n_tup_del: { usage: COUNTER, description: Rows deleted }
    - n_live_tup: { usage: GAUGE, description: Live rows }
    - n_dead_tup: { usage: GAUGE, description: Dead rows }
    - last_autovacuum: { usage: GAUGE, description: Time of the last autovacuum }
`;

/** Starts an exporter on loopback, scrapes it `times` times and ends it. */
export async function scrape(
  program: string,
  login: Login,
  options: { readonly times: number; readonly per_table: boolean },
): Promise<Scrapes> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-exporter-'));
  const queries = join(folder, 'queries.yaml');
  await writeFile(queries, perTableQueries);
  const port = await freePort();
  const uri = `postgresql://${login.user}@127.0.0.1:${login.port}/${login.database}`;
  const child = spawn(
    program,
    [
      `--web.listen-address=127.0.0.1:${port}`,
      ...(options.per_table ? [`--extend.query-path=${queries}`] : []),
    ],
    {
      env: { DATA_SOURCE_NAME: `${uri}?sslmode=disable` },
      stdio: 'ignore',
    },
  );
  try {
    const url = `http://127.0.0.1:${port}/`;
    await answers(url);
    const wall_ms: number[] = [];
    let samples = 0;
    for (let time = 0; time < options.times; time += 1) {
      const started_ms = performance.now();
      const text = await (await fetch(`${url}metrics`)).text();
      wall_ms.push(performance.now() - started_ms);
      samples = text.split('\n').filter((line) => /^pg_/.test(line)).length;
    }
    return { wall_ms, samples, peak_memory_bytes: await peakMemory(child.pid ?? 0) };
  } finally {
    child.kill('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  }
}

async function answers(url: string): Promise<void> {
  const end_ms = performance.now() + start_limit_ms;
  while (performance.now() < end_ms) {
    const isUp = await fetch(url).then(
      async (response) => (await response.text()) !== '',
      () => false,
    );
    if (isUp) return;
    await pause(20);
  }
  throw new Error(`nothing answers at ${url} after ${start_limit_ms} ms`);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : 0;
}

/** Actions of check_postgres that look at what our checks look at too. */
const actions = [
  ['connection'],
  ['backends'],
  ['locks'],
  ['txn_idle', '--warning=5min'],
  ['txn_time', '--warning=15min'],
  ['query_time', '--warning=15min'],
  ['prepared_txns'],
  ['txn_wraparound'],
  ['autovac_freeze'],
  ['sequence'],
  ['last_vacuum', '--warning=7d', '--critical=30d'],
  ['last_analyze', '--warning=7d', '--critical=30d'],
  ['bloat', '--warning=100M', '--critical=10G'],
  ['commitratio', '--warning=90%', '--critical=80%'],
  ['disabled_triggers'],
  ['replication_slots', '--warning=1G', '--critical=10G'],
] as const;

export interface ActionTime {
  readonly action: string;
  readonly wall_ms: number;
  /** OK, WARNING, CRITICAL, UNKNOWN, or how it failed. */
  readonly said: string;
}

/** Runs each action once: each is a process and a connection of its own. */
export async function runActions(program: string, login: Login): Promise<readonly ActionTime[]> {
  const times: ActionTime[] = [];
  for (const [action, ...options] of actions) {
    const { wall_ms, stdout, stderr } = await finish(program, [
      `--action=${action}`,
      '--host=127.0.0.1',
      `--port=${login.port}`,
      `--dbuser=${login.user}`,
      `--dbname=${login.database}`,
      '--timeout=120',
      ...options,
    ]);
    const said = /\b(?:OK|WARNING|CRITICAL|UNKNOWN)\b/.exec(stdout)?.[0] ?? stderr.slice(0, 40);
    times.push({ action, wall_ms, said: said.trim() });
  }
  return times;
}
