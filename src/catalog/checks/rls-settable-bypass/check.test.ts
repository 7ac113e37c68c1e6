// A policy that one SET opens is found in every shape; the ordinary tenant comparison is not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'rls-settable-bypass';
const declared = { baselines: { application_roles: ['app'], tenant_column: 'tenant_id' } };
const setUp = `
  create role app login;
  create role admin_role;
  create table orders (id int, tenant_id int, note text);
  insert into orders values (1, 1), (2, 2);
  grant select on orders to app;
  alter table orders enable row level security;
  create policy tenant on orders
    using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::int));`;

checkTest(id, {}, async ({ admin, session, isOk, finds, skips }) => {
  await skips('nothing-to-examine', declared);
  await admin.query(setUp);
  await isOk(declared);

  await admin.query(`create policy superadmin_bypass on orders
    using (current_setting('app.is_superadmin', true)::boolean)`);
  const [found] = await finds(['policy superadmin_bypass on public.orders'], declared);
  assert.equal(found?.severity, 'critical');
  assert.equal(found.evidence.settings, 'app.is_superadmin');
  // Any session opens it.
  const app = await session({ user: 'app' });
  await app.query(`set app.is_superadmin = 'true'`);
  assert.equal((await app.query('select from orders')).rowCount, 2);

  await admin.query('drop policy superadmin_bypass on orders');
  await isOk(declared);
});

checkTest(id, { title: 'shapes' }, async ({ admin, isOk, finds }) => {
  await admin.query(`${setUp}
    create function is_admin() returns boolean language sql stable
      as $$ select current_setting('app.admin', true) = 'on' $$;
    create function is_member() returns boolean language sql stable
      as $$ select current_setting('app.admin', true) = 'on'
        and pg_has_role('admin_role', 'member') $$;`);
  const create = async (table: string, condition: string) => {
    await admin.query(`
      create table ${table} (like orders);
      alter table ${table} enable row level security;
      create policy p on ${table} using (${condition})`);
    return `policy p on public.${table}`;
  };
  const tenant = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::int`;
  const flag = `current_setting('app.admin', true) = 'on'`;
  const closed = [
    `${tenant} and current_setting('app.enabled', true) = 'on'`,
    `${tenant} or (${flag} and pg_has_role('admin_role', 'member'))`,
    `${tenant} or (${flag} and current_user = 'admin_role')`,
    `${tenant} or (${flag} and note = 'shared')`,
    `${tenant} or (${flag} and false)`,
    // Who the session is has a say too.
    `${tenant} or current_setting('app.user', true) = current_user`,
    // The server sets this one itself.
    `${tenant} or current_setting('is_superuser') = 'on'`,
    `${tenant} or public.is_member()`,
    `exists (select from pg_class where relname = current_setting('app.name', true))`,
  ];
  for (const [index, condition] of closed.entries()) await create(`closed_${index}`, condition);
  await isOk(declared);

  const open = [
    `${tenant} or ${flag}`,
    `${tenant} or (select current_setting('app.admin', true)) = 'on'`,
    `${tenant} or coalesce(current_setting('app.admin', true), 'off')::boolean`,
    `${tenant} or lower(current_setting('app.admin', true)) in ('on', 'yes')`,
    `${tenant} or (current_setting('app.a', true) = 'x' and current_setting('app.b', true) = 'y')`,
    // Fails open: no tenant, all rows.
    `current_setting('app.tenant_id', true) is null or ${tenant}`,
    `case when ${flag} then true else ${tenant} end`,
    `${tenant} or public.is_admin()`,
    `${tenant} or ${flag} and 1 = 1`,
  ];
  const objects: string[] = [];
  for (const [index, condition] of open.entries()) {
    objects.push(await create(`open_${index}`, condition));
  }
  const found = await finds(objects, declared);
  assert.deepEqual(
    [4, 7].map((index) => found[index]?.evidence.settings),
    ['app.a, app.b', 'public.is_admin() (it reads a setting)'],
  );
});

checkTest(id, { title: 'reach', majors: [14, 18] }, async ({ admin, isOk, finds }) => {
  await admin.query(`${setUp}
    create policy p on orders to admin_role using (current_setting('app.all', true) = 'on')`);
  // Only members of admin_role could use it; without a declaration nobody knows who they are.
  await isOk(declared);
  await finds(['policy p on public.orders']);
  await admin.query('grant admin_role to app');
  await finds(['policy p on public.orders'], declared);
  await admin.query('revoke admin_role from app');

  // Restrictive policies can only take rows away.
  await admin.query(`
    drop policy p on orders;
    create policy p on orders as restrictive using (current_setting('app.all', true) = 'on')`);
  await isOk(declared);
  await admin.query(`
    create policy q on orders for insert with check (current_setting('app.all', true) = 'on')`);
  // The restrictive one is switched by the same means, but it does narrow.
  await isOk(declared);
  await admin.query('drop policy p on orders');
  const [plant] = await finds(['policy q on public.orders'], declared);
  assert.match(plant?.summary ?? '', /for INSERT by app\.all alone/);
});
