// Attacks on procgenie's isolation of tenants, as the application's role.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from 'pg';
import procgenie from '../../examples/procgenie/estate.ts';
import { inTenant, tenantId } from '../../examples/procgenie/workload.ts';
import type { OpenStage } from './estate-stage.ts';

const insufficient_privilege = { code: '42501' };
const foreign_key_violation = { code: '23503' };
const one = tenantId(1);
const other = tenantId(2);
const names = ['tenants', 'vendors', 'requisitions', 'request_items', 'contracts', 'audit_events'];
const tables = names.map((name) => `public.${name}`);

export function keepsTenantsApart(ground: () => OpenStage): void {
  test('a tenant sees rows of its own in every table, and no other tenant’s', () =>
    asRole(ground(), procgenie.application.role, async (app) => {
      for (const table of tables) {
        const seen = await inTenant(app, one, () =>
          app.query(`select array_agg(distinct tenant_id) as tenants from ${table}`),
        );
        assert.deepEqual(seen.rows[0].tenants.map(withoutHyphens), [one], table);
      }
    }));

  test('without a tenant, or with an empty one, there are no rows', () =>
    asRole(ground(), procgenie.application.role, async (app) => {
      // An unset setting is null; one that was set in an ended transaction is empty.
      assert.equal(await rowsOf(app, tables), 0);
      await inTenant(app, one, async () => {});
      assert.equal(await rowsOf(app, tables), 0);
    }));

  test('a tenant cannot write, move, name or empty what belongs to another', () =>
    asRole(ground(), procgenie.application.role, async (app) => {
      const tries = (sql: string, values: unknown[]) =>
        inTenant(app, one, () => app.query(sql, values));
      for (const table of tables) {
        const plant = `insert into ${table} overriding user value
          select (jsonb_populate_record(source, jsonb_build_object('tenant_id', $1::text))).*
            from ${table} as source limit 1`;
        await assert.rejects(tries(plant, [other]), insufficient_privilege, table);
      }
      const move = 'update public.vendors set tenant_id = $1 where name = $2';
      await assert.rejects(tries(move, [other, 'Vendor 1']), insufficient_privilege);
      await assert.rejects(tries('truncate public.requisitions', []), insufficient_privilege);

      const rename = 'update public.vendors set name = name where tenant_id = $1';
      assert.equal((await tries(rename, [other])).rowCount, 0);
      const remove = 'delete from public.requisitions where tenant_id = $1';
      assert.equal((await tries(remove, [other])).rowCount, 0);

      const [foreign] = (
        await inTenant(app, other, () => app.query('select vendor_id from public.vendors limit 1'))
      ).rows;
      const name = `insert into public.requisitions (tenant_id, vendor_id, title, requested_by)
                    values ($1, $2, 'Named', 'user-1')`;
      await assert.rejects(tries(name, [one, foreign.vendor_id]), foreign_key_violation);
    }));
}

/** Runs a task on a session that logged in as the role, and ends that session. */
export async function asRole(
  stage: OpenStage,
  role: string,
  task: (session: Client) => Promise<void>,
): Promise<void> {
  const session = await stage.hold('test', { role });
  try {
    await task(session);
  } finally {
    await stage.release('test');
  }
}

async function rowsOf(client: Client, tables: readonly string[]): Promise<number> {
  const counts = tables.map((table) => `(select count(*) from ${table})`).join(' + ');
  return Number((await client.query(`select ${counts} as rows`)).rows[0].rows);
}

function withoutHyphens(uuid: string): string {
  return uuid.replaceAll('-', '');
}
