// A materialized view that stores what policies hide is found where others may read it.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const declared = { baselines: { application_roles: ['app'] } };

checkTest('matview-bypasses-rls', {}, async ({ admin, session, isOk, finds, skips }) => {
  await skips('nothing-to-examine', declared);
  await admin.query(`
    create role app login;
    create table orders (tenant_id int);
    insert into orders values (1), (2);
    alter table orders enable row level security, force row level security;
    create policy tenant on orders using (tenant_id = 1);
    grant select on orders to app;
    create view seen as select * from orders;
    create materialized view totals as select tenant_id, count(*) from seen group by tenant_id`);
  await isOk(declared);

  await admin.query('grant select on totals to app');
  const [found] = await finds(['public.totals'], declared);
  assert.equal(found?.severity, 'critical');
  assert.match(found.summary, /shows stored rows of public\.orders to app/);
  const app = await session({ user: 'app' });
  assert.equal((await app.query('select from totals')).rowCount, 2);
  assert.equal((await finds(['public.totals']))[0]?.severity, 'warning');

  await admin.query('revoke select on totals from app');
  await isOk(declared);
});
