// What each role of the estate somabrain can see and do under its forced row-level security.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Client } from 'pg';
import somabrain from '../../examples/somabrain/estate.ts';
import { type OpenStage, openStage } from './estate-stage.ts';

const denied = { code: '42501' };

describe('the roles of somabrain', () => {
  let stage: OpenStage;

  before(async () => {
    stage = await openStage(somabrain);
    await somabrain.load(stage, { size: 1, seed: 7 });
  });

  after(() => stage.close());

  const as = (role: string) => stage.hold('reader', { role });

  test('the application sees no row without a tenant, nor after one was named', async () => {
    const application = await as('somabrain_app');
    assert.equal(await count(application, 'public.audit_log'), 0);
    await inTenant(application, 'tenant-01', async () => {
      assert.ok((await count(application, 'public.audit_log')) > 0);
    });
    assert.equal(await count(application, 'public.audit_log'), 0);
  });

  test('the application sees its tenant alone, in every table', async () => {
    const application = await as('somabrain_app');
    for (const table of ['audit_log', 'audit_log_archive', 'outbox_events']) {
      await inTenant(application, 'tenant-02', async () => {
        const seen = await application.query(`select distinct tenant_id from public.${table}`);
        assert.deepEqual(seen.rows, [{ tenant_id: 'tenant-02' }], table);
      });
    }
  });

  test('the application cannot write for another tenant, nor change what was audited', async () => {
    const application = await as('somabrain_app');
    const plant = `insert into public.audit_log (tenant_id, event_type) values ('tenant-03', 'x')`;
    await inTenant(application, 'tenant-02', () =>
      assert.rejects(application.query(plant), denied),
    );
    await inTenant(application, 'tenant-02', () =>
      assert.rejects(application.query('delete from public.audit_log'), denied),
    );
  });

  test('maintenance moves what is due to the archive, and cannot touch the rest', async () => {
    const owner = await as('soma');
    const due = `created_at < now() - interval '30 days'`;
    const before_move = await stage.admin.query(
      `select count(*)::int as due from public.audit_log where ${due}`,
    );
    await owner.query('begin');
    const moved = await owner.query(
      `with moved as (delete from public.audit_log returning *)
       insert into public.audit_log_archive
         (id, tenant_id, event_type, event_data, created_at, user_id)
       select id, tenant_id, event_type, event_data, created_at, user_id from moved`,
    );
    await owner.query('rollback');
    assert.ok(before_move.rows[0].due > 0);
    assert.equal(moved.rowCount, before_move.rows[0].due);
  });

  test('monitoring dates the last row and counts what waits, and reads no content', async () => {
    const monitor = await as('somabrain_monitor');
    const last = await monitor.query(
      `select max(created_at) > now() - interval '1 hour' as is_recent from public.audit_log`,
    );
    assert.equal(last.rows[0].is_recent, true);
    await monitor.query(
      `select min(created_at), count(*) from public.outbox_events where status = 'pending'`,
    );
    await assert.rejects(monitor.query('select event_data from public.audit_log'), denied);
    await assert.rejects(monitor.query('select payload from public.outbox_events'), denied);
  });
});

async function count(client: Client, table: string): Promise<number> {
  const answer = await client.query(`select count(*)::int as rows from ${table}`);
  return answer.rows[0].rows;
}

async function inTenant(
  client: Client,
  tenant_id: string,
  statements: () => Promise<void>,
): Promise<void> {
  await client.query('begin');
  await client.query(`select set_config('app.current_tenant', $1, true)`, [tenant_id]);
  await statements();
  await client.query('rollback');
}
