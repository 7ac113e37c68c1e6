// Permissive policies that apply together are found; exemptions for a role of its own are not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('rls-multiple-permissive', {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query(`
    create role app login;
    create role auditor login;
    create table orders (tenant_id int, is_public boolean);
    alter table orders enable row level security;
    create policy tenant on orders using (tenant_id = 1)`);
  await isOk();
  // For other commands, for another role, restrictive, or true: no OR is left to evaluate.
  await admin.query(`
    drop policy tenant on orders;
    create policy tenant on orders to app using (tenant_id = 1);
    create policy audit on orders to auditor using (tenant_id = 2);
    create policy narrow on orders as restrictive using (is_public);
    create policy dump on orders to auditor using (true)`);
  await isOk();

  await admin.query('create policy shared on orders for select using (is_public)');
  const [found] = await finds(['public.orders']);
  assert.equal(found?.severity, 'info');
  assert.match(found.summary, /apply together to SELECT: (audit|tenant), shared/);
  await admin.query('insert into orders select 1 from generate_series(1, 50)');
  await admin.query('analyze orders');
  const [large] = await finds(['public.orders'], { thresholds: { large_rows: 50 } });
  assert.equal(large?.severity, 'warning');
  const [small] = await finds(['public.orders'], { thresholds: { large_rows: 51 } });
  assert.equal(small?.severity, 'info');

  await admin.query('drop policy shared on orders');
  await isOk();
});
