// Policies that fail without a tenant are found, and really fail; the nullif form does not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'rls-setting-throws';

checkTest(id, {}, async ({ admin, session, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query(`
    create role app login;
    create table orders (tenant_id uuid, slug text);
    insert into orders values (gen_random_uuid(), 'a');
    grant select on orders to app;
    alter table orders enable row level security;
    create policy tenant on orders using (tenant_id = current_setting('app.tenant_id')::uuid)`);
  const [found] = await finds(['policy tenant on public.orders']);
  assert.equal(found?.severity, 'warning');
  assert.equal(found.evidence.settings_that_must_exist, 'app.tenant_id');
  assert.equal(found.evidence.settings_cast_when_empty, 'app.tenant_id');
  const app = await session({ user: 'app' });
  await assert.rejects(app.query('select from orders'), /unrecognized configuration parameter/);
  await app.query(
    `begin; set local app.tenant_id = '00000000-0000-0000-0000-000000000000'; commit`,
  );
  await assert.rejects(app.query('select from orders'), /invalid input syntax for type uuid: ""/);

  await admin.query(`alter policy tenant on orders using
    (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))`);
  await isOk();
  assert.equal((await app.query('select from orders')).rowCount, 0);
});

checkTest(id, { title: 'shapes' }, async ({ admin, isOk, finds }) => {
  const create = async (table: string, condition: string) => {
    await admin.query(`
      create table ${table} (tenant_id int, slug text, ok boolean);
      alter table ${table} enable row level security;
      create policy p on ${table} using (${condition})`);
    return `policy p on public.${table}`;
  };
  const id_setting = `current_setting('app.id', true)`;
  const sound = [
    `slug = current_setting('app.slug', true)`,
    `slug = current_setting('app.slug', true)::varchar(20)`,
    `tenant_id = coalesce(nullif(current_setting('app.id', true), ''), '0')::int`,
    `tenant_id = case when ${id_setting} <> '' then ${id_setting}::int end`,
    `slug::bytea = current_setting('app.slug', true)::bytea`,
    // A parameter of the server always has a value.
    `tenant_id = current_setting('server_version_num')::int`,
  ];
  for (const [index, condition] of sound.entries()) await create(`sound_${index}`, condition);
  await isOk();
  const throwing = [
    `tenant_id = current_setting('app.id', true)::int`,
    `tenant_id = (select current_setting('app.id', true)::bigint)`,
    `tenant_id = coalesce(current_setting('app.id', true), '0')::int`,
    `slug = current_setting('app.claims', true)::json ->> 'slug'`,
    `ok or (tenant_id = 1 and current_setting('app.admin', true)::boolean)`,
    `slug = current_setting('app.slug')`,
    `slug = current_setting('app.slug', false)`,
  ];
  const objects: string[] = [];
  for (const [index, condition] of throwing.entries()) {
    objects.push(await create(`throwing_${index}`, condition));
  }
  await finds(objects);
});
