// A view that shows what policies hide is found, through other views too.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'view-bypasses-rls';
const declared = { baselines: { application_roles: ['app'] } };
const setUp = `
  create role app login;
  create role owner;
  create role reporting;
  grant create on schema public to owner, reporting;
  set role owner;
  create table orders (tenant_id int);
  insert into orders values (1), (2);
  alter table orders enable row level security;
  create policy tenant on orders using (tenant_id = 1);
  grant select on orders to app, reporting;
  create view all_orders as select * from orders;
  reset role;`;

checkTest(id, {}, async ({ admin, session, major, isOk, finds, skips }) => {
  await skips('nothing-to-examine', declared);
  await admin.query(setUp);
  // Granted to nobody.
  await isOk(declared);

  await admin.query('grant select on all_orders to app');
  const [found] = await finds(['public.all_orders'], declared);
  assert.equal(found?.severity, 'critical');
  assert.match(found.summary, /reads public\.orders with the rights of owner/);
  const app = await session({ user: 'app' });
  const rows = async () => (await app.query('select from all_orders')).rowCount;
  assert.equal(await rows(), 2);

  // Either cure holds: the owner is bound, or (since 15) the reader's own rights count.
  await admin.query('alter table orders force row level security');
  assert.equal(await rows(), 1);
  await isOk(declared);
  await admin.query('alter table orders no force row level security');
  if (major >= 15) {
    await admin.query('alter view all_orders set (security_invoker = on)');
    assert.equal(await rows(), 1);
    await isOk(declared);
  }
});

checkTest(id, { title: 'views over views', majors: [15, 18] }, async ({ admin, isOk, finds }) => {
  await admin.query(`${setUp}
    alter view all_orders set (security_invoker = true);
    grant select on all_orders to app, reporting;
    set role reporting;
    create view report as select * from all_orders;
    grant select on report to app;
    reset role`);
  // The outer view reads as its owner reporting, whom the policies bind.
  await isOk(declared);
  await admin.query('alter role reporting bypassrls');
  const [found] = await finds(['public.report'], declared);
  assert.match(found?.summary ?? '', /with the rights of reporting/);
});

checkTest(id, { title: 'views that filter', majors: [14, 18] }, async ({ admin, finds }) => {
  await admin.query(`${setUp}
    drop view all_orders;
    create view mine as select * from orders where tenant_id = current_setting('app.t')::int;
    grant select on mine to app`);
  const [leaky] = await finds(['public.mine'], declared);
  assert.equal(leaky?.severity, 'warning');
  await admin.query('alter view mine set (security_barrier)');
  const [meant] = await finds(['public.mine'], declared);
  assert.equal(meant?.severity, 'info');
});
