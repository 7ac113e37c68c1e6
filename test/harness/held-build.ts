// A concurrent index build that waits for another transaction: to be seen, failed or let go.
import type { World } from './check-scenario.ts';
import { leaveWaiting, pidOf } from './waiting.ts';

export interface HeldBuild {
  /** Cancels the build, as a statement_timeout would, and ends the transaction it waited for. */
  fail(): Promise<void>;
  /** Ends the transaction that the build waits for, and waits until the build has ended. */
  finish(): Promise<void>;
}

export interface BuildStatements {
  /** What the other transaction does. A writer holds a build up early, a snapshot late. */
  readonly hold: string;
  /** The statement that is held up by it. */
  readonly build: string;
}

export const holdAsWriter = (table: string) => `begin; lock table ${table} in row exclusive mode`;
export const holdAsReader = (table: string) => `begin; select from ${table}`;
export const holdAsSnapshot = 'begin transaction isolation level repeatable read; select 1';

/** Starts the build in a session of its own and returns when it waits. */
export async function holdBuild(
  { admin, session }: Pick<World, 'admin' | 'session'>,
  { hold, build }: BuildStatements,
): Promise<HeldBuild> {
  const holder = await session({ application_name: 'importer' });
  await holder.query(hold);
  const builder = await session({ application_name: 'migration' });
  const pid = await pidOf(builder);
  const { end } = await leaveWaiting(admin, builder, build);
  return {
    async fail() {
      await admin.query('select pg_catalog.pg_cancel_backend($1)', [pid]);
      await end;
      await holder.query('rollback');
    },
    async finish() {
      await holder.query('rollback');
      await end;
    },
  };
}
