// Uses up transaction ids for real, and freezes what can be frozen.
import type pg from 'pg';
import type { World } from './check-scenario.ts';
import { connect } from './servers.ts';

/** Begins and commits so many transactions that each have an id. */
export async function burnTransactionIds(client: pg.Client, count: number): Promise<void> {
  await client.query(`do $$ begin
    for i in 1..${Math.trunc(count)} loop
      perform pg_catalog.pg_current_xact_id();
      commit;
    end loop;
  end $$`);
}

/** Freezes every database that allows connections. */
export async function freezeAll({ t, server }: Pick<World, 't' | 'server'>): Promise<void> {
  for (const database of ['app', 'postgres', 'template1']) {
    const client = await connect(t, server, { database });
    await client.query('vacuum (freeze)');
    await client.end();
  }
}
