// One request of SomaBrain for one tenant: record, announce through the outbox, relay, look back.
import type { Client } from 'pg';

type Random = () => number;

const eventTypes = ['memory.recalled', 'memory.stored', 'session.opened', 'memory.forgotten'];

export async function work(client: Client, random: Random): Promise<void> {
  const tenant_id = `tenant-${String(1 + Math.floor(random() ** 3 * 40)).padStart(2, '0')}`;
  await asTenant(client, tenant_id, () => record(client, { tenant_id, random }));
  await asTenant(client, tenant_id, () => relay(client));
  await asTenant(client, tenant_id, () => lookBack(client, random));
}

/**
 * Names the tenant for one transaction only. A setting of the session would outlive the request
 * in a pooled connection and show the next borrower another tenant's rows.
 */
async function asTenant(
  client: Client,
  tenant_id: string,
  statements: () => Promise<void>,
): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`select set_config('app.current_tenant', $1, true)`, [tenant_id]);
    await statements();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

interface Request {
  readonly tenant_id: string;
  readonly random: Random;
}

/** Audit row and event in one transaction: neither exists without the other. */
async function record(client: Client, { tenant_id, random }: Request): Promise<void> {
  const event_type = pickEventType(random);
  const user_id = `user-${1 + Math.floor(random() ** 2 * 400)}`;
  await client.query(
    `insert into public.audit_log (tenant_id, event_type, event_data, user_id)
     values ($1, $2, $3, $4)`,
    [tenant_id, event_type, JSON.stringify({ cost: random() }), user_id],
  );
  await client.query(
    `insert into public.outbox_events (tenant_id, event_type, payload)
     values ($1, $2, $3)`,
    [tenant_id, event_type, JSON.stringify({ user: user_id })],
  );
}

/** Sends the oldest waiting events; rows that another relay has locked are left to it. */
async function relay(client: Client): Promise<void> {
  await client.query(
    `update public.outbox_events
        set status = 'processed', processed_at = now()
      where id in (
        select id from public.outbox_events
         where status = 'pending'
         order by created_at
         limit $1
           for update skip locked)`,
    [10],
  );
}

async function lookBack(client: Client, random: Random): Promise<void> {
  await client.query(
    `select event_type, event_data, created_at, user_id from public.audit_log
      where created_at > now() - make_interval(hours => $1)
      order by created_at desc
      limit 50`,
    [24],
  );
  await client.query(
    `select count(*) from public.audit_log
      where event_type = $1 and created_at > now() - make_interval(days => $2)`,
    ['key.rotated', 30],
  );
  if (random() < 0.05) {
    await client.query(
      `select event_type, created_at from public.audit_log_archive
        order by created_at desc limit $1`,
      [50],
    );
  }
}

function pickEventType(random: Random): string {
  return eventTypes[Math.floor(random() ** 2.5 * eventTypes.length)] ?? 'memory.recalled';
}
