// One round of what the procurement application does, as one tenant's user, in one transaction.
import { createHash } from 'node:crypto';
import type { Client } from 'pg';

const tenant_count = 20;
const page_rows = 20;

/** Tenant ids as generate.sql makes them: they do not depend on the seed. */
export function tenantId(tenant_number: number): string {
  return createHash('md5').update(`procgenie tenant ${tenant_number}`).digest('hex');
}

/** Lists, opens, creates and decides requisitions of one tenant; large tenants come more often. */
export async function work(client: Client, random: () => number): Promise<void> {
  const tenant_id = tenantId(1 + Math.floor(tenant_count * random() ** 2));
  await inTenant(client, tenant_id, async () => {
    await readDashboard(client, tenant_id);
    const requisition_id = await createRequisition(client, tenant_id, random);
    await decide(client, { tenant_id, requisition_id }, random() < 0.8 ? 'approved' : 'rejected');
    await readHistory(client, tenant_id, requisition_id);
  });
}

/** Runs a task in a transaction that belongs to one tenant; the setting ends with it. */
export async function inTenant<Result>(
  client: Client,
  tenant_id: string,
  task: () => Promise<Result>,
): Promise<Result> {
  await client.query('begin');
  try {
    await client.query(
      `select pg_catalog.set_config('app.current_tenant_id', $1, true),
              pg_catalog.set_config('statement_timeout', '15s', true)`,
      [tenant_id],
    );
    const result = await task();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

// The tenant is in every WHERE besides the policy: the policy guards, the predicate finds indexes.
async function readDashboard(client: Client, tenant_id: string): Promise<void> {
  await client.query(
    `select requisition_id, title, status, created_at
       from public.requisitions
      where tenant_id = $1
      order by created_at desc, requisition_id desc
      limit $2`,
    [tenant_id, page_rows],
  );
  await client.query(
    `select requisition_id, title, created_at
       from public.requisitions
      where tenant_id = $1 and status = $2
      order by created_at desc, requisition_id desc
      limit $3`,
    [tenant_id, 'submitted', page_rows],
  );
  await client.query(
    `select contract_id, title, ends_on
       from public.contracts
      where tenant_id = $1 and ends_on between current_date and current_date + 30
      order by ends_on`,
    [tenant_id],
  );
  await client.query(
    `select actor, action, created_at
       from public.audit_events
      where tenant_id = $1
      order by created_at desc, audit_event_id desc
      limit $2`,
    [tenant_id, page_rows],
  );
}

async function createRequisition(
  client: Client,
  tenant_id: string,
  random: () => number,
): Promise<string> {
  const vendor_id = await chooseVendor(client, tenant_id, random);
  const created = await client.query<{ requisition_id: string }>(
    `insert into public.requisitions (tenant_id, vendor_id, title, status, requested_by)
     values ($1, $2, $3, 'submitted', $4)
     returning requisition_id`,
    [tenant_id, vendor_id, 'Keyboards', `user-${Math.floor(random() * 50)}`],
  );
  const requisition_id = only(created.rows).requisition_id;
  await client.query(
    `insert into public.request_items
       (tenant_id, requisition_id, line_number, description, quantity, unit_price)
     select $1, $2, line_number, 'Keyboard', $3, 49.90
       from generate_series(1, $4) as line_number`,
    [tenant_id, requisition_id, 1 + Math.floor(random() * 5), 1 + Math.floor(random() * 3)],
  );
  await record(client, { tenant_id, requisition_id }, 'requisition.created');
  return requisition_id;
}

async function chooseVendor(
  client: Client,
  tenant_id: string,
  random: () => number,
): Promise<string> {
  const vendors = await client.query<{ vendor_id: string }>(
    `select vendor_id from public.vendors where tenant_id = $1 order by name limit $2`,
    [tenant_id, page_rows],
  );
  const index = Math.floor(random() * vendors.rows.length);
  const vendor_id = only(vendors.rows.slice(index, index + 1)).vendor_id;
  await client.query(
    `select (select count(*) from public.requisitions
              where tenant_id = $1 and vendor_id = $2) as requisitions,
            (select sum(value) from public.contracts
              where tenant_id = $1 and vendor_id = $2) as contract_value`,
    [tenant_id, vendor_id],
  );
  return vendor_id;
}

interface RequisitionKey {
  readonly tenant_id: string;
  readonly requisition_id: string;
}

/** Compare-and-swap: of two who decide at the same time, one changes no row. */
async function decide(client: Client, key: RequisitionKey, status: string): Promise<void> {
  const decided = await client.query(
    `update public.requisitions
        set status = $3, version = version + 1
      where tenant_id = $1 and requisition_id = $2 and status = 'submitted' and version = 1`,
    [key.tenant_id, key.requisition_id, status],
  );
  if (decided.rowCount === 1) await record(client, key, `requisition.${status}`);
}

async function record(client: Client, key: RequisitionKey, action: string): Promise<void> {
  await client.query(
    `insert into public.audit_events (tenant_id, actor, action, entity_type, entity_id)
     values ($1, 'workload', $2, 'requisition', $3)`,
    [key.tenant_id, action, key.requisition_id],
  );
}

async function readHistory(
  client: Client,
  tenant_id: string,
  requisition_id: string,
): Promise<void> {
  await client.query(
    `select line_number, description, quantity * unit_price as price
       from public.request_items
      where tenant_id = $1 and requisition_id = $2
      order by line_number`,
    [tenant_id, requisition_id],
  );
  await client.query(
    `select action, actor, created_at
       from public.audit_events
      where tenant_id = $1 and entity_id = $2
      order by created_at desc`,
    [tenant_id, requisition_id],
  );
}

function only<Row>(rows: readonly Row[]): Row {
  const row = rows[0];
  if (row === undefined || rows.length > 1) throw new Error(`one row expected, got ${rows.length}`);
  return row;
}
