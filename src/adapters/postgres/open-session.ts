// Opens a target for looking at: at most two connections, read-only, bounded, one at a time.
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { RunbookError } from '../../kernel/errors.ts';
import type { Server } from '../../kernel/model.ts';
import type { Clock, ProbeRunner, TargetSession } from '../../kernel/session.ts';
import { describeServer } from './describe-server.ts';
import { probeRunner } from './probe-runner.ts';

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
  const first = await options.connect();
  const clients = [first];
  try {
    const stranger = probeRunner(first, { settings: [], clock });
    const server = await describeServer(stranger, options.functions);
    await stranger.settle();
    const settings = quietSettings(server);
    const runners = [probeRunner(first, { settings, clock })];
    await takeTurn(runners[0], clock);
    // A full server or a role's connection limit must not end the inspection: one lane will do.
    const second = await options.connect().catch(() => undefined);
    if (second) {
      clients.push(second);
      runners.push(probeRunner(second, { settings, clock }));
    }
    const pgbouncer = await options.pgbouncer?.();
    const settle = async () => {
      await Promise.all(runners.map((runner) => runner.settle()));
    };
    return {
      server,
      runners,
      pgbouncer,
      exporter: options.exporter,
      settle,
      close: () => closeAll(clients, pgbouncer),
    };
  } catch (error) {
    await closeAll(clients, undefined);
    throw error;
  }
}

async function closeAll(clients: readonly Client[], pgbouncer: ConsoleRunner | undefined) {
  await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  await pgbouncer?.close();
}

// Our own statements need not fill the statistics we read. Only a superuser may set it here;
// `doctor` names the ALTER ROLE that does the same for a monitor role.
function quietSettings(server: Server): readonly string[] {
  const isTracked = server.extensions['pg_stat_statements'] !== undefined;
  return server.is_superuser && isTracked ? [`pg_stat_statements.track = 'none'`] : [];
}

// "pgrb" in ASCII: the advisory lock that one inspection of a database holds in its transaction.
const turn = 0x70677262;
const turn_wait_ms = 5_000;
const turn_poll_ms = 100;

// A transaction's lock, not a session's: a pooler in transaction mode would keep the latter.
async function takeTurn(runner: ProbeRunner | undefined, clock: Clock): Promise<void> {
  const started_ms = clock.now_ms();
  const sql = 'select pg_catalog.pg_try_advisory_xact_lock($1::bigint) as is_ours';
  while (runner !== undefined) {
    const result = await runner.run({ sql, values: [turn], row_limit: 1, timeout_ms: 5_000 });
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
