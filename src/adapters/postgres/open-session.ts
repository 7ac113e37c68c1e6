// Opens a target for looking at: at most two connections, read-only, bounded, one at a time.
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { RunbookError } from '../../kernel/errors.ts';
import type { Server } from '../../kernel/model.ts';
import type { Clock, ProbeRunner, TargetSession } from '../../kernel/session.ts';
import { describeServer } from './describe-server.ts';
import { probeRunner, type SettlingRunner } from './probe-runner.ts';

export interface SessionOptions {
  /** Opens one more connection to the same server, each with its own `error` listener. */
  readonly connect: () => Promise<Client>;
  /** Opens the console of a PgBouncer, where one is configured. */
  readonly pgbouncer?: (() => Promise<ConsoleRunner>) | undefined;
  /** The metrics page of an exporter, where one is configured. */
  readonly exporter?: ProbeRunner | undefined;
  /** Signatures of the functions that the catalogue would call. */
  readonly functions: readonly string[];
  readonly clock: Clock;
}

export interface ConsoleRunner extends ProbeRunner {
  close(): Promise<void>;
}

/**
 * @throws whatever `connect` throws for the first connection, unsupported/server-version, and
 * refused/busy where another inspection of the same database is at work.
 */
export async function openSession(options: SessionOptions): Promise<TargetSession> {
  const { clock } = options;
  const client = await options.connect();
  const stranger = probeRunner(client, { settings: [], clock });
  const opened: { close(): Promise<void> }[] = [stranger];
  const close = async () => {
    await Promise.all(opened.map((one) => one.close()));
  };
  try {
    const server = await describeServer(stranger, options.functions);
    await stranger.settle();
    const settings = settingsFor(server);
    const first = probeRunner(client, { settings, clock, first: [tryTurn] });
    opened[0] = first;
    await takeTurn(first, clock);
    const second = await openSecond(options, settings);
    if (second) opened.push(second);
    const runners = second ? [first, second] : [first];
    const pgbouncer = await options.pgbouncer?.();
    if (pgbouncer) opened.push(pgbouncer);
    const settle = async () => {
      await Promise.all(runners.map((runner) => runner.settle()));
    };
    return { server, runners, pgbouncer, exporter: options.exporter, settle, close };
  } catch (error) {
    await close();
    throw error;
  }
}

// A full server, a role's connection limit or a pool of one connection must not end the
// inspection: a second lane that does not answer is left out, and one will do.
async function openSecond(
  options: SessionOptions,
  settings: readonly string[],
): Promise<SettlingRunner | undefined> {
  const client = await options.connect().catch(() => undefined);
  if (client === undefined) return undefined;
  const runner = probeRunner(client, { settings, clock: options.clock });
  const hello = { sql: 'select 1 as one', values: [], row_limit: 1, timeout_ms: 1_000 };
  const answer = await runner.run(hello);
  if (answer.status === 'ok') return runner;
  await runner.close();
  return undefined;
}

// Our own statements need not fill the statistics we read. Only a superuser may set it here;
// `doctor` names the ALTER ROLE that does the same for a monitor role.
function settingsFor(server: Server): readonly string[] {
  const isTracked = server.extensions['pg_stat_statements'] !== undefined;
  return [
    ...(server.is_superuser && isTracked ? [`pg_stat_statements.track = 'none'`] : []),
    // Each statement has its limit; one for the transaction would end the session with it.
    ...(server.version_num >= 170_000 ? ['transaction_timeout = 0'] : []),
  ];
}

// "pgrb" in ASCII: the advisory lock that one inspection of a database holds in its transaction.
const turn = 0x70677262;
const turn_wait_ms = 5_000;
const turn_poll_ms = 100;

// A transaction's lock, not a session's: a pooler in transaction mode would keep the latter. Each
// transaction of the first connection takes it anew; between two samples of a window it is free.
const tryTurn = `select pg_catalog.pg_try_advisory_xact_lock(${turn})`;

async function takeTurn(runner: SettlingRunner, clock: Clock): Promise<void> {
  const started_ms = clock.now_ms();
  // Taking a lock that one holds already succeeds: the answer tells whose it is.
  const sql = `${tryTurn} as is_ours`;
  for (;;) {
    const result = await runner.run({ sql, values: [], row_limit: 1, timeout_ms: 5_000 });
    // A server that cannot lock (or just went away) is told by the probes that follow.
    if (result.status !== 'ok' || result.rows[0]?.['is_ours'] === true) return;
    if (clock.now_ms() - started_ms > turn_wait_ms) break;
    await pause(turn_poll_ms);
  }
  throw new RunbookError('refused/busy', {
    what: 'another inspection of this database is at work',
    remedy: 'Wait for it to end: one inspection at a time keeps the load on a server bounded.',
  });
}
