// A table with the tenant column and without row security is found, by who can reach it.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'rls-disabled-tenant-table';
const undeclared = { baselines: { tenant_column: 'tenant_id' } };
const declared = { baselines: { tenant_column: 'tenant_id', application_roles: ['app'] } };

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('needs-configuration');
  await admin.query('create role app login; create role writers; create role report login');
  await skips('nothing-to-examine', declared);
  await admin.query('create table orders (tenant_id int, id int)');
  await admin.query('create table currencies (code text)');
  const [unknown] = await finds(['public.orders'], undeclared);
  assert.equal(unknown?.severity, 'warning');
  const [unreached] = await finds(['public.orders'], declared);
  assert.equal(unreached?.severity, 'info');

  await admin.query('grant select on orders to writers; grant writers to app');
  const [reached] = await finds(['public.orders'], declared);
  assert.equal(reached?.severity, 'critical');
  assert.match(reached.summary, /column tenant_id but no row security: app reaches/);
  await admin.query('revoke writers from app; grant select on orders to report');
  assert.equal((await finds(['public.orders'], declared))[0]?.severity, 'info');

  await admin.query('alter table orders enable row level security');
  await isOk(declared);
});

checkTest(id, { title: 'what is left to other checks', majors: [14, 18] }, async (world) => {
  const { admin, isOk, finds } = world;
  const column = { baselines: { tenant_column: 'Tenant "Id"' } };
  await admin.query(`
    create table "Orders" ("Tenant ""Id""" int, day date) partition by range (day);
    create table orders_1 partition of "Orders" for values from ('2020-01-01') to ('2021-01-01');
    create table parent ("Tenant ""Id""" int);
    create table child () inherits (parent);
    alter table parent enable row level security;
    create table planned ("Tenant ""Id""" int);
    create policy p on planned using (true);
    create view seen as select * from parent;
    create temporary table scratch ("Tenant ""Id""" int)`);
  // The partitioned table speaks for its partitions.
  await finds(['public."Orders"'], column);
  await admin.query('alter table "Orders" enable row level security');
  await isOk(column);
});
