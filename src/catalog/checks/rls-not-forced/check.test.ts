// Row security that does not bind an owner in use is found, and gone once it is forced.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'rls-not-forced';
const declared = { baselines: { application_roles: ['app'] } };

checkTest(id, {}, async ({ admin, session, isOk, finds, skips }) => {
  await skips('nothing-to-examine', declared);
  await admin.query(`
    create role owner;
    create role app login;
    grant create on schema public to owner;
    set role owner;
    create table orders (tenant_id int);
    alter table orders enable row level security;
    create policy tenant on orders using (tenant_id = 1);
    reset role`);
  // Nobody logs in as the owner.
  await isOk(declared);

  await admin.query('alter role owner login');
  const [idle] = await finds(['public.orders'], declared);
  assert.equal(idle?.severity, 'info');
  const owner = await session({ user: 'owner' });
  const [used] = await finds(['public.orders'], declared);
  assert.equal(used?.severity, 'warning');
  assert.match(used.summary, /is connected now/);
  await owner.end();
  await admin.query('alter role owner nologin');
  await isOk(declared);

  // A member has the owner's rights without SET ROLE.
  await admin.query('grant owner to app');
  const [member] = await finds(['public.orders'], declared);
  assert.equal(member?.severity, 'critical');
  assert.match(member.summary, /app acts as its owner owner/);
  await admin.query('alter table orders force row level security');
  await isOk(declared);
});

checkTest(
  id,
  { title: 'the leak is real', majors: [14, 18] },
  async ({ admin, session, finds }) => {
    await admin.query(`
    create role app login;
    create table orders (tenant_id int);
    insert into orders values (1), (2);
    alter table orders owner to app;
    alter table orders enable row level security;
    create policy tenant on orders using (tenant_id = 1)`);
    const app = await session({ user: 'app' });
    const rows = async () => (await app.query('select * from orders')).rowCount;
    assert.equal(await rows(), 2);
    await finds(['public.orders'], declared);
    await admin.query('alter table orders force row level security');
    assert.equal(await rows(), 1);
  },
);

checkTest(id, { title: 'exempt owner', majors: [18] }, async ({ admin, isOk }) => {
  // FORCE binds no superuser, so it would change nothing here.
  await admin.query('create table orders (tenant_id int)');
  await admin.query('alter table orders enable row level security');
  await isOk(declared);
});
