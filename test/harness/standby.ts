// A streaming standby of a test server, made without client tools: start backup, copy, stop backup.
import { chown, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Client } from 'pg';
import type { Installation } from '../../src/adapters/embedded/installation.ts';
import { run } from '../../src/adapters/embedded/owner.ts';
import {
  type EmbeddedServer,
  embeddedSuperuser,
} from '../../src/adapters/embedded/start-server.ts';
import { connect, testServer, until } from './servers.ts';

export interface StandbyOptions {
  /** postgresql.conf of the standby, beside what makes it one. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Its name in pg_stat_replication of the primary; "standby" where absent. */
  readonly application_name?: string;
  /** A physical slot of the primary, made here where it does not exist yet. */
  readonly slot?: string;
}

/** Accepts read-only connections when the promise resolves; streaming may begin a moment later. */
export async function startStandby(
  t: TestContext,
  primary: EmbeddedServer,
  options: StandbyOptions = {},
): Promise<EmbeddedServer> {
  const session = await connect(t, primary, { application_name: 'base backup' });
  if (options.slot !== undefined) await makeSlot(session, options.slot);
  const standby = await testServer(t, {
    major: primary.major,
    name: 'standby',
    settings: { ...standbySettings(primary, options), ...options.settings },
    prepare: (data, installation) => copyCluster(session, { primary, data, installation }),
  });
  await session.end();
  return standby;
}

function standbySettings(primary: EmbeddedServer, options: StandbyOptions) {
  const conninfo = {
    host: primary.host,
    port: primary.port,
    user: embeddedSuperuser,
    application_name: options.application_name ?? 'standby',
  };
  const words = Object.entries(conninfo).map(([name, value]) => `${name}='${value}'`);
  return {
    primary_conninfo: words.join(' '),
    // The wait after a lost connection; 5 s would be most of a test.
    wal_retrieve_retry_interval: '100ms',
    ...(options.slot === undefined ? {} : { primary_slot_name: options.slot }),
  };
}

// Reserves WAL at once, so that nothing the copy needs is removed before the standby connects.
async function makeSlot(session: Client, slot: string): Promise<void> {
  const sql = `select pg_create_physical_replication_slot($1, true)
    where not exists (select 1 from pg_replication_slots where slot_name = $1)`;
  await session.query(sql, [slot]);
}

interface Copy {
  readonly primary: EmbeddedServer;
  readonly data: string;
  readonly installation: Installation;
}

// What a copy must not or need not hold: see "Making a Base Backup Using the Low Level API".
const leftOut = new Set(['postmaster.pid', 'postmaster.opts', 'backup_label', 'tablespace_map']);
const leftEmpty = new Set([
  'pg_dynshmem',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
  'pg_wal',
]);

async function copyCluster(session: Client, { primary, data, installation }: Copy) {
  const names = (await readdir(primary.data)).filter((name) => !leftOut.has(name));
  const full = names.filter((name) => !leftEmpty.has(name));
  const empty = names.filter((name) => leftEmpty.has(name));
  const { owner } = installation;
  const isOld = primary.major < 15;
  await session.query(
    isOld
      ? `select pg_start_backup('standby', true, false)`
      : `select pg_backup_start('standby', true)`,
  );
  await run('mkdir', ['-m', '700', data, ...empty.map((name) => join(data, name))], owner);
  const sources = full.map((name) => join(primary.data, name));
  await run('cp', ['-a', '--reflink=auto', ...sources, data], owner);
  const { rows } = await session.query(
    `select labelfile from ${isOld ? 'pg_stop_backup(false, false)' : 'pg_backup_stop(false)'}`,
  );
  const label = String(rows[0]?.labelfile);
  for (const [name, content] of [
    ['backup_label', label],
    ['standby.signal', ''],
  ] as const) {
    await writeFile(join(data, name), content, { mode: 0o600 });
    if (owner.is_other_user) await chown(join(data, name), owner.uid, owner.gid);
  }
}

/** Waits until so many receivers stream from the server that the client is connected to. */
export async function untilStreaming(primary: Client, count = 1): Promise<void> {
  await until(`${count} streaming`, async () => {
    const sql = `select 1 from pg_stat_replication where state = 'streaming'`;
    return (await primary.query(sql)).rowCount === count;
  });
}
