// A unique key without the tenant is found where tenants choose its values.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'rls-cross-tenant-key';
const declared = { baselines: { tenant_column: 'tenant_id' } };

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('needs-configuration');
  await admin.query(`
    create table tenants (tenant_id int primary key, slug text unique);
    create table orders (tenant_id int, id bigint generated always as identity primary key,
      token uuid unique, code text, unique (tenant_id, code));
    create table orders_archive (tenant_id int, id bigint primary key);
    create table notes (tenant_id int, code text unique)`);
  await skips('nothing-to-examine', declared);
  await admin.query('alter table tenants enable row level security');
  await admin.query('alter table orders enable row level security');
  await admin.query('alter table orders_archive enable row level security');
  // Its own names, a surrogate key, a random one, and a key with the tenant; notes is not secured.
  await isOk(declared);

  await admin.query('create unique index orders_code on orders (code) include (tenant_id)');
  await admin.query('create unique index orders_lower on orders (lower(code), id)');
  const [found, expression] = await finds(['public.orders_code', 'public.orders_lower'], declared);
  assert.equal(found?.severity, 'info');
  assert.equal(found.evidence.columns, 'code');
  assert.equal(expression?.evidence.columns, 'an expression, id');
  await admin.query('drop index orders_code, orders_lower');
  await isOk(declared);
});
