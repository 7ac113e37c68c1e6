// TRUNCATE on a table with row security is found, because no policy stops it.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'rls-truncate-grant';
const declared = { baselines: { application_roles: ['app'] } };

checkTest(id, {}, async ({ admin, session, isOk, finds, skips }) => {
  await skips('nothing-to-examine', declared);
  await admin.query(`
    create role app login;
    create role writers;
    create role janitor;
    create table orders (tenant_id int);
    alter table orders enable row level security;
    create policy tenant on orders using (tenant_id = 1);
    insert into orders values (1), (2);
    grant select, insert, update, delete on orders to app`);
  await isOk(declared);

  await admin.query('grant all on orders to writers; grant writers to app');
  const [found] = await finds(['public.orders'], declared);
  assert.equal(found?.severity, 'critical');
  assert.match(found.summary, /app may TRUNCATE public\.orders/);
  const app = await session({ user: 'app' });
  await app.query('truncate orders');
  assert.equal((await admin.query('select from orders')).rowCount, 0);
  await admin.query('revoke truncate on orders from writers');
  await isOk(declared);

  // A role that is no application's: told only where no application is declared.
  await admin.query('grant truncate on orders to janitor');
  await isOk(declared);
  const [janitor] = await finds(['public.orders']);
  assert.equal(janitor?.severity, 'warning');
});
