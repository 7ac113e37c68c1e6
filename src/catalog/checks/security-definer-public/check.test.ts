// SECURITY DEFINER functions that everybody may call are found, worse where they bypass policies.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('security-definer-public', {}, async ({ admin, session, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query(`
    create role app login;
    create role owner;
    create schema shop authorization owner;
    grant usage on schema shop to public;
    create table shop.orders (tenant_id int);
    alter table shop.orders owner to owner;
    insert into shop.orders values (1), (2);
    create function shop.total() returns bigint language sql security definer
      set search_path = '' as 'select count(*) from shop.orders';
    alter function shop.total() owner to owner;
    create function shop.note() returns trigger language plpgsql security definer
      as 'begin return new; end'`);
  // The trigger function cannot be called.
  const [found] = await finds(['shop.total()']);
  assert.equal(found?.severity, 'info');

  // The verified leak: policies do not bind the owner of a table that is not forced.
  await admin.query(`
    alter table shop.orders enable row level security;
    create policy tenant on shop.orders using (tenant_id = 1)`);
  const [leak] = await finds(['shop.total()']);
  assert.equal(leak?.severity, 'warning');
  assert.match(leak.summary, /rights of owner, whom row security does not bind/);
  const app = await session({ user: 'app' });
  const total = async () => (await app.query('select shop.total() as n')).rows[0].n;
  assert.equal(await total(), '2');
  await admin.query('alter table shop.orders force row level security');
  assert.equal(await total(), '1');
  assert.equal((await finds(['shop.total()']))[0]?.severity, 'info');

  // Out of reach without the schema; or granted to whom it is for.
  await admin.query('revoke usage on schema shop from public');
  await isOk();
  await admin.query('grant usage on schema shop to public');
  await admin.query('revoke execute on function shop.total() from public');
  await admin.query('grant execute on function shop.total() to app');
  await isOk();
});
