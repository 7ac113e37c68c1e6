// A foreign key without the tenant is found, and really deletes across tenants.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'rls-cross-tenant-reference';
const declared = { baselines: { tenant_column: 'tenant_id' } };

checkTest(id, {}, async ({ admin, session, isOk, finds, skips }) => {
  await skips('needs-configuration');
  await admin.query(`
    create role app login;
    create table orders (tenant_id int, id int primary key, unique (tenant_id, id));
    create table items (tenant_id int, order_id int, constraint items_order
      foreign key (order_id) references orders (id) on delete cascade);
    insert into orders values (2, 20);
    grant select, insert, delete on orders, items to app`);
  await skips('nothing-to-examine', declared);
  await admin.query(`
    alter table orders enable row level security;
    alter table items enable row level security;
    create function tenant() returns int language sql stable
      as $$ select nullif(current_setting('app.t', true), '')::int $$;
    create policy tenant on orders using (tenant_id = tenant());
    create policy tenant on items using (tenant_id = tenant())`);
  const [found] = await finds(['items_order on public.items'], declared);
  assert.equal(found?.severity, 'warning');
  assert.equal(found.evidence.on_delete, 'CASCADE');

  // Tenant 1 points at the order of tenant 2, which deletes it, and the row of tenant 1 is gone.
  const app = await session({ user: 'app' });
  await app.query(`set app.t = '1'; insert into items values (1, 20)`);
  await app.query(`set app.t = '2'; delete from orders where id = 20`);
  assert.equal((await admin.query('select from items')).rowCount, 0);

  await admin.query(`
    alter table items drop constraint items_order,
      add constraint items_order foreign key (order_id) references orders (id)`);
  const [mild] = await finds(['items_order on public.items'], declared);
  assert.equal(mild?.severity, 'info');
  await admin.query(`
    alter table items drop constraint items_order,
      add foreign key (order_id, tenant_id) references orders (id, tenant_id) on delete cascade`);
  await isOk(declared);
});
