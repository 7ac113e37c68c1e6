// Steps that the faults of several estates share: leave a statement running, wait, fill a pool.
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import type { HoldOptions, Stage } from './estate.ts';

const wait_limit_ms = 15_000;
const poll_interval_ms = 20;
const opened_at_once = 10;

/** Starts a statement that runs, or waits, until `stage.release` ends its session. */
export function leaveRunning(session: Client, sql: string): void {
  // The stage ends the session on purpose, so the statement is expected to fail.
  session.query(sql).catch(() => {});
}

/** Waits until the query's only value is true; throws after 15 seconds, naming the query. */
export async function waitUntil(
  client: Client,
  sql: string,
  values: readonly unknown[] = [],
): Promise<void> {
  const deadline = performance.now() + wait_limit_ms;
  while (!(await isTrue(client, sql, values))) {
    if (performance.now() > deadline) throw new Error(`never became true: ${sql}`);
    await delay(poll_interval_ms);
  }
}

async function isTrue(client: Client, sql: string, values: readonly unknown[]): Promise<boolean> {
  const answer = await client.query({ text: sql, values: [...values], rowMode: 'array' });
  return answer.rows[0]?.[0] === true;
}

export interface Sessions extends HoldOptions {
  readonly count: number;
  /** Statements that each session runs once; what they leave open stays open. */
  readonly statements: readonly string[];
}

/** Opens many sessions, as the pool of an application does, and leaves them open. */
export async function openSessions(stage: Stage, fault: string, sessions: Sessions): Promise<void> {
  const { count, statements, ...options } = sessions;
  for (let opened = 0; opened < count; opened += opened_at_once) {
    const batch = Math.min(opened_at_once, count - opened);
    await Promise.all(
      Array.from({ length: batch }, async () => {
        const session = await stage.hold(fault, options);
        for (const statement of statements) await session.query(statement);
      }),
    );
  }
}

/** Server process id of a session. */
export async function backendPid(session: Client): Promise<number> {
  const answer = await session.query<{ pid: number }>('select pg_backend_pid() as pid');
  return answer.rows[0]?.pid ?? 0;
}

/**
 * Publishes the admin session's counts of changed rows, which the server delays for a second or
 * more. Needed before a vacuum or analyze too: counts that arrive after it look like new changes.
 */
export async function publishStatistics(stage: Stage): Promise<void> {
  await stage.admin.query('select pg_stat_force_next_flush()');
}
