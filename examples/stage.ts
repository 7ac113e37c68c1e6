// The stage of an estate: one database of a server, and the sessions that faults keep open on it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Estate, HoldOptions, Stage } from './estate.ts';

export interface StageServer {
  readonly host: string;
  readonly port: number;
}

export interface OpenStage extends Stage {
  /** A connection that the caller ends. */
  connect(login?: Login): Promise<Client>;
  /** Ends every session that a fault or the estate holds. */
  close(): Promise<void>;
}

interface Login {
  readonly database?: string;
  readonly user?: string;
  readonly application_name?: string;
}

const release_limit_ms = 10_000;
const poll_interval_ms = 5;
const superuser = 'postgres';

/** The lines of postgresql.conf that the estate asks for. */
export function configurationOf(estate: Estate): string {
  // In the file and not on the command line, which no ALTER SYSTEM of a fault could override.
  return Object.entries(estate.settings)
    .map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`)
    .join('');
}

/** Makes the estate's empty database on a server that runs with its configuration. */
export async function openStage(estate: Estate, server: StageServer): Promise<OpenStage> {
  const client = await connect(server, { database: 'postgres' });
  await client.query(`create database "${estate.database}"`);
  await client.end();
  return play(server, estate, await connect(server, { database: estate.database }));
}

async function connect({ host, port }: StageServer, login: Login): Promise<Client> {
  const client = new Client({ host, port, user: superuser, ...login });
  // The stage ends sessions on purpose; a lost connection is seen by the statement that uses it.
  client.on('error', () => {});
  await client.connect();
  return client;
}

interface HeldSession {
  readonly client: Client;
  readonly pid: number;
}

function play(server: StageServer, estate: Estate, admin: Client): OpenStage {
  const held = new Map<string, HeldSession[]>();

  async function hold(fault: string, options: HoldOptions = {}): Promise<Client> {
    const client = await connect(server, {
      database: estate.database,
      user: options.role ?? superuser,
      application_name: options.application_name ?? fault,
    });
    const answer = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const pid = answer.rows[0]?.pid ?? 0;
    held.set(fault, [...(held.get(fault) ?? []), { client, pid }]);
    return client;
  }

  async function release(fault: string): Promise<void> {
    const sessions = held.get(fault) ?? [];
    held.delete(fault);
    await terminate(
      admin,
      sessions.map((session) => session.pid),
    );
    await Promise.all(sessions.map((session) => session.client.end()));
  }

  return {
    database: estate.database,
    admin,
    hold,
    release,
    connect: (login = {}) => connect(server, { database: estate.database, ...login }),
    read: (path) => readFile(join(import.meta.dirname, estate.name, path), 'utf8'),
    async close() {
      for (const fault of [...held.keys()]) await release(fault);
      await admin.end();
    },
  };
}

/** Ends sessions, statements in progress included, and waits until the server has none of them. */
async function terminate(admin: Client, pids: readonly number[]): Promise<void> {
  const alive = 'from pg_stat_activity where pid = any ($1::int[])';
  const deadline_ms = performance.now() + release_limit_ms;
  // Only sessions still there: terminating one that ended by itself would warn.
  await admin.query(`select pg_terminate_backend(pid) ${alive}`, [pids]);
  while ((await admin.query(`select ${alive}`, [pids])).rows.length > 0) {
    if (performance.now() > deadline_ms) throw new Error(`sessions ${pids} do not end`);
    await delay(poll_interval_ms);
  }
}
