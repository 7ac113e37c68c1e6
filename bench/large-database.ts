// A server with a database of very many objects that were used: rows, statistics, statements.
import pg from 'pg';
import {
  type EmbeddedServer,
  embeddedSuperuser,
  startServer,
} from '../src/adapters/embedded/start-server.ts';
import { makeLargeCatalog } from '../test/harness/large-catalog.ts';

/** 10,000 tables with three indexes each, and 2,000 partitions: what the claim speaks of. */
export const largeSize = { tables: 10_000, indexes_per_table: 3, partitions: 2_000 } as const;

export const largeDatabase = 'large';

/** Logs in without a password and has the privileges of pg_monitor, no more. */
export const monitorRole = 'monitor';

// Locks of one transaction are limited, so objects are touched in batches of this many.
const batch = 500;

/** Starts it; 127.0.0.1 is listened on, because the peers connect over TCP. */
export async function startLargeServer(major: number): Promise<EmbeddedServer> {
  const server = await startServer({
    major,
    name: 'bench',
    tcp: true,
    settings: {
      shared_preload_libraries: 'pg_stat_statements',
      max_locks_per_transaction: '256',
      shared_buffers: '512MB',
      max_wal_size: '4GB',
      fsync: 'off',
      autovacuum: 'off',
    },
  });
  await using(server, 'postgres', async (admin) => {
    await admin.query(`create role ${monitorRole} login in role pg_monitor`);
    await admin.query(`create database ${largeDatabase}`);
  });
  await using(server, largeDatabase, async (admin) => {
    await admin.query('create extension pg_stat_statements');
    await makeLargeCatalog(admin, largeSize);
    await addRelations(admin);
    await fill(admin);
    await admin.query('vacuum (analyze)');
    await admin.query('checkpoint');
  });
  return server;
}

/** A superuser's connection for the time of `work`. */
export async function using<Value>(
  server: Pick<EmbeddedServer, 'host' | 'port'>,
  database: string,
  work: (admin: pg.Client) => Promise<Value>,
): Promise<Value> {
  const admin = new pg.Client({
    host: server.host,
    port: server.port,
    user: embeddedSuperuser,
    database,
  });
  admin.on('error', () => undefined);
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

// What tables alone would leave unread: foreign keys, sequences, views, functions, policies.
async function addRelations(admin: pg.Client): Promise<void> {
  await inBatches(admin, largeSize.tables / 5, (first, last) => [
    `for i in ${first}..${last} loop`,
    `  execute format('alter table large.t%s add foreign key (a) references large.t%s (id)',`,
    '    i * 5, i * 5 - 1);',
    'end loop;',
  ]);
  await inBatches(admin, 500, (first, last) => [
    `for i in ${first}..${last} loop`,
    `  execute format('create table large.s%s (id int generated always as identity)', i);`,
    `  execute format('create view large.v%s as select id, a, b from large.t%s', i, i);`,
    `  execute format('create function large.f%s() returns int language sql as ''select 1''', i);`,
    `  execute format('alter table large.t%s enable row level security', i);`,
    `  execute format('create policy own on large.t%s using (b = current_user)', i);`,
    'end loop;',
  ]);
}

// A statement a table, so that pg_stat_statements is full; every twentieth table has some pages.
async function fill(admin: pg.Client): Promise<void> {
  await admin.query(`set pg_stat_statements.track = 'all'`);
  await inBatches(admin, largeSize.tables, (first, last) => [
    `for i in ${first}..${last} loop`,
    `  execute format('insert into large.t%s select n, null, ''text '' || n %% 7, now(), null`,
    `    from generate_series(1, %s) as n', i, case when i % 20 = 0 then 500 else 5 end);`,
    'end loop;',
  ]);
  await admin.query('insert into large.parted select n, now() from generate_series(1, 1000) as n');
}

async function inBatches(
  admin: pg.Client,
  count: number,
  body: (first: number, last: number) => readonly string[],
): Promise<void> {
  for (let first = 1; first <= count; first += batch) {
    const lines = body(first, Math.min(first + batch - 1, count));
    await admin.query(`do $$ begin\n${lines.join('\n')}\nend $$`);
  }
}
