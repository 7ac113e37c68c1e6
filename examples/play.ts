// Plays an estate for the demo: starts its server, loads it, works, and switches its faults on.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Estate } from './estate.ts';
import { configurationOf, type OpenStage, openStage, type StageServer } from './stage.ts';

/** Starts a server of this major, with these lines in its postgresql.conf. */
export type StartServer = (options: {
  readonly major: number;
  readonly name: string;
  readonly configuration: string;
}) => Promise<StageServer & { stop(): Promise<void> }>;

export interface RunningEstate {
  readonly estate: Estate;
  /** Connection of the role that may look, for `pgrunbook check`. */
  readonly connection: string;
  /** pgrunbook.yaml of the estate. */
  readonly configuration: string;
  stop(): Promise<void>;
}

export const monitorRole = 'pgrunbook_monitor';
const rounds = 30;

/** Everything on: a server with data, a workload behind it, and every fault of the estate. */
export async function playEstate(estate: Estate, start: StartServer): Promise<RunningEstate> {
  const configuration = configurationOf(estate);
  const server = await start({ major: estate.major, name: estate.name, configuration });
  let stage: OpenStage | undefined;
  const stop = async () => {
    await stage?.close().catch(() => undefined);
    await server.stop();
  };
  try {
    stage = await openStage(estate, server);
    await estate.load(stage, { size: 1, seed: 42 });
    await workSome(estate, stage);
    for (const fault of estate.faults) await fault.on(stage);
    // Last, because a fault may bring tables and sequences of its own.
    await makeMonitor(estate, stage);
    const file = join(import.meta.dirname, estate.name, 'pgrunbook.yaml');
    return {
      estate,
      connection: connectionOf(server, estate.database),
      configuration: await readFile(file, 'utf8'),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function connectionOf({ host, port }: StageServer, database: string): string {
  return `host=${host} port=${port} dbname=${database} user=${monitorRole}`;
}

async function makeMonitor(estate: Estate, stage: OpenStage): Promise<void> {
  await stage.admin.query(`create role ${monitorRole} login in role pg_monitor`);
  for (const extension of ['pg_stat_statements', 'pgstattuple']) {
    await stage.admin.query(`create extension if not exists ${extension}`);
  }
  for (const grant of estate.monitor_grants ?? []) await stage.admin.query(grant);
}

async function workSome(estate: Estate, stage: OpenStage): Promise<void> {
  const { role, name } = estate.application;
  const client = await stage.connect({ user: role, application_name: name });
  const random = generator(estate.database);
  for (let round = 0; round < rounds; round += 1) await estate.work(client, random);
  await client.end();
}

// The same estate does the same work each time (mulberry32, seeded by its name).
function generator(name: string): () => number {
  let state = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
