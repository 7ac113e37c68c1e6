// Is the server of the kind that target_session_attrs asks for?
import type pg from 'pg';
import type { SessionAttributes } from './resolved-target.ts';
import type { StartedSession } from './server-startup.ts';

/** Why the server is not the one wanted; undefined where it is. */
export async function attributeMismatch(
  session: StartedSession,
  wanted: SessionAttributes,
): Promise<string | undefined> {
  switch (wanted) {
    case 'any':
      return undefined;
    case 'read-write':
      return (await isReadOnly(session)) ? 'session is read-only' : undefined;
    case 'read-only':
      return (await isReadOnly(session)) ? undefined : 'session is not read-only';
    case 'primary':
      return (await isStandby(session)) ? 'server is in hot standby mode' : undefined;
    case 'standby':
    case 'prefer-standby':
      return (await isStandby(session)) ? undefined : 'server is not in hot standby mode';
  }
}

// Servers from 14 on report both settings. A pooler between may not, and then the server is asked.
async function isReadOnly({ client, reported }: StartedSession): Promise<boolean> {
  const byDefault = reported.get('default_transaction_read_only');
  const inStandby = reported.get('in_hot_standby');
  if (byDefault !== undefined && inStandby !== undefined) {
    return byDefault === 'on' || inStandby === 'on';
  }
  return (await firstValue(client, 'show transaction_read_only')) === 'on';
}

async function isStandby({ client, reported }: StartedSession): Promise<boolean> {
  const inStandby = reported.get('in_hot_standby');
  if (inStandby !== undefined) return inStandby === 'on';
  return String(await firstValue(client, 'select pg_catalog.pg_is_in_recovery()')).startsWith('t');
}

async function firstValue(client: pg.Client, text: string): Promise<unknown> {
  const { rows } = await client.query<unknown[]>({ text, rowMode: 'array' });
  return rows[0]?.[0];
}
