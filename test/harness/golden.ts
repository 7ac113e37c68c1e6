// The golden database of a major: near misses and a few faults, with the sessions that make some.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import pg from 'pg';
import {
  type EmbeddedServer,
  embeddedSuperuser,
} from '../../src/adapters/embedded/start-server.ts';
import { holdAsWriter, holdBuild } from './held-build.ts';
import { startCounting } from './index-counters.ts';
import { type ConnectOptions, connect, testServer, until } from './servers.ts';
import { leaveWaiting } from './waiting.ts';

/** Roles to look at it as: all privileges, those of pg_monitor, and nothing but CONNECT. */
export const goldenRoles = ['postgres', 'pgrunbook_monitor', 'visitor'] as const;

export const goldenDatabase = 'golden';

interface Ground {
  readonly t: TestContext;
  readonly server: EmbeddedServer;
  readonly admin: pg.Client;
  session(options?: ConnectOptions): Promise<pg.Client>;
}

/** Makes it on a server of its own; the sessions stay as they are until the test ends. */
export async function startGolden(t: TestContext, major: number): Promise<EmbeddedServer> {
  const settings = { max_prepared_transactions: '5', max_wal_senders: '5' };
  const server = await testServer(t, { major, settings });
  const postgres = await connect(t, server);
  await postgres.query('create role pgrunbook_monitor login in role pg_monitor');
  await postgres.query('create role visitor login');
  await postgres.query(`create database ${goldenDatabase}`);
  const session = (options?: ConnectOptions) =>
    connect(t, server, { database: goldenDatabase, ...options });
  const ground = { t, server, admin: await session({ application_name: 'admin' }), session };

  await loadObjects(ground, major);
  await leaveBrokenIndexes(ground);
  await startCounting(ground.admin);
  await scanOnePartition(ground);
  await holdBuild(ground, {
    hold: holdAsWriter('shipments'),
    build: 'create index concurrently near_in_progress on shipments (customer)',
  });
  await blockByPreparedTransaction(ground);
  await waitTogether(ground);
  await streamWal(ground);
  return server;
}

async function loadObjects({ admin }: Ground, major: number): Promise<void> {
  await admin.query(await readFile(join(import.meta.dirname, 'golden.sql'), 'utf8'));
  if (major >= 15) await admin.query('create unlogged sequence near_unlogged_sequence');
}

// Titles repeat, so the first build cannot end; the second is cancelled while it waits.
async function leaveBrokenIndexes(ground: Ground): Promise<void> {
  const unique = 'create unique index concurrently fault_invalid on documents (title)';
  const failed = await ground.admin.query(unique).then(
    () => false,
    () => true,
  );
  if (!failed) throw new Error('the titles no longer repeat');
  const reindex = await holdBuild(ground, {
    hold: holdAsWriter('owners'),
    build: 'reindex index concurrently owners_pkey',
  });
  await reindex.fail();
}

// The other partitions are not scanned: the index of the partitioned table is used all the same.
async function scanOnePartition({ admin, session }: Ground): Promise<void> {
  const reader = await session({ settings: { enable_seqscan: 'off' } });
  await reader.query(`select from events_2025 where kind = 'kind 1'`);
  await reader.end();
  await until('the scan is counted', async () => {
    const sql = `select from pg_stat_user_indexes
      where relname = 'events_2025' and indexrelname ~ 'kind' and idx_scan > 0`;
    return (await admin.query(sql)).rowCount === 1;
  });
}

// Nobody's session holds this lock, so its holder has no pid.
async function blockByPreparedTransaction({ admin, session }: Ground): Promise<void> {
  const holder = await session({ application_name: 'two-phase' });
  await holder.query(`begin; lock table ledger; prepare transaction 'golden "transfer"'`);
  const reader = await session({ application_name: 'ledger-reader' });
  await leaveWaiting(admin, reader, 'select count(*) from ledger');
}

// The second waits behind the first, which waits for a session that is idle.
async function waitTogether({ admin, session }: Ground): Promise<void> {
  const holder = await session({ application_name: 'holder' });
  await holder.query('begin; update counters set value = value + 1');
  for (const application_name of ['first waiter', 'second waiter']) {
    const waiter = await session({ application_name });
    await leaveWaiting(admin, waiter, 'update counters set value = value + 1');
  }
}

// As pg_receivewal and change data capture do: always "active", and no long query.
async function streamWal({ t, server, admin }: Ground): Promise<void> {
  const config: pg.ClientConfig & { replication: string } = {
    host: server.host,
    port: server.port,
    user: embeddedSuperuser,
    application_name: 'wal receiver',
    replication: 'true',
  };
  const receiver = new pg.Client(config);
  receiver.on('error', () => undefined);
  await receiver.connect();
  t.after(() => receiver.end().catch(() => undefined));
  const { rows } = await admin.query('select pg_current_wal_lsn() as lsn');
  // The grammar of replication knows its words in upper case only.
  receiver.query(`START_REPLICATION PHYSICAL ${rows[0].lsn}`).catch(() => undefined);
  await until('the receiver streams', async () => {
    const sql = `select from pg_stat_replication where state in ('catchup', 'streaming')`;
    return (await admin.query(sql)).rowCount === 1;
  });
}
