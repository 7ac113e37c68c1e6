// Policies on a table without row security are found, and gone once it is switched on.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('rls-policy-disabled', {}, async ({ admin, isOk, finds, skips }) => {
  await admin.query('create table orders (tenant_id int)');
  await skips('nothing-to-examine');
  await admin.query('create policy one on orders using (tenant_id = 1)');
  await admin.query('create policy two on orders for select using (tenant_id = 2)');
  const [found] = await finds(['public.orders']);
  assert.equal(found?.severity, 'critical');
  assert.match(found.summary, /has 2 policies but its row security is off/);

  await admin.query('alter table orders enable row level security');
  await isOk();
});
