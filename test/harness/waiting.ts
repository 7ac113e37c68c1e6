// Sessions that wait for locks, for tests: who they are, and the moment from which they wait.
import type { Client } from 'pg';
import { until } from './servers.ts';

export async function pidOf(client: Client): Promise<number> {
  const { rows } = await client.query('select pg_catalog.pg_backend_pid() as pid');
  return rows[0].pid;
}

export interface Waiting {
  /** Resolves when the statement ends, whether it succeeded or not. */
  readonly end: Promise<unknown>;
}

/** Sends a statement that cannot get its lock; resolves once it waits. */
export async function leaveWaiting(admin: Client, client: Client, sql: string): Promise<Waiting> {
  const pid = await pidOf(client);
  const end = client.query(sql).catch(() => undefined);
  await until(`${sql} waits for a lock`, async () => {
    const wait = 'select from pg_catalog.pg_locks where pid = $1 and not granted';
    return (await admin.query(wait, [pid])).rowCount === 1;
  });
  return { end };
}

/** A backend ends a moment after its client has hung up; resolves once all of them are gone. */
export async function untilGone(admin: Client, application_name: string): Promise<void> {
  await until(`no session of ${application_name} is left`, async () => {
    const sql = 'select from pg_catalog.pg_stat_activity where application_name = $1';
    return (await admin.query(sql, [application_name])).rowCount === 0;
  });
}
