// Row security without a permissive policy is found, and is worse where the table is granted.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('rls-no-policy', {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query(`
    create role app login;
    create table orders (tenant_id int);
    alter table orders enable row level security`);
  const [closed] = await finds(['public.orders']);
  assert.equal(closed?.severity, 'info');

  await admin.query('grant select on orders to app');
  const [granted] = await finds(['public.orders']);
  assert.equal(granted?.severity, 'warning');
  assert.match(granted.summary, /no policy: app sees no row/);

  // Restrictive policies only take away.
  await admin.query('create policy narrow on orders as restrictive using (tenant_id = 1)');
  const [narrow] = await finds(['public.orders']);
  assert.match(narrow?.summary ?? '', /only restrictive policies/);

  await admin.query('create policy tenant on orders using (tenant_id = 1)');
  await isOk();
});
