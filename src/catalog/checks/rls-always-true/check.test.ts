// A policy that is true for every row is found, however it is written, unless it was meant.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'rls-always-true';
const declared = { baselines: { application_roles: ['app'], tenant_column: 'tenant_id' } };
const setUp = `
  create role app login;
  create role archiver login;
  create table orders (id bigint primary key, tenant_id int, note text);
  alter table orders enable row level security;
  create policy tenant on orders using (tenant_id = 1) with check (tenant_id = 1);`;

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine', declared);
  await admin.query(setUp);
  await isOk(declared);

  // The verified leak: a tenant plants rows in another one.
  await admin.query('create policy plant on orders for insert with check (true)');
  const [plant] = await finds(['policy plant on public.orders'], declared);
  assert.equal(plant?.severity, 'critical');
  assert.match(plant.summary, /lets public INSERT any row of public\.orders/);
  assert.equal(plant.evidence.policies_made_void, 'tenant');
  await admin.query('drop policy plant on orders');

  // The verified leak: UPDATE that sees all rows and writes its own tenant into them.
  await admin.query(
    'create policy steal on orders for update using (true) with check (tenant_id = 1)',
  );
  await finds(['policy steal on public.orders'], declared);
  await admin.query('drop policy steal on orders');
  await isOk(declared);
});

checkTest(id, { title: 'other ways to say true' }, async ({ admin, isOk, finds }) => {
  await admin.query(setUp);
  const truths = [
    '1 = 1',
    'note = note',
    'id is not null',
    '(select true)',
    'not false',
    'tenant_id = 1 or true',
    'current_user is not null and 2 = 2',
    'note is not distinct from note',
  ];
  // Each of these depends on the row (note may be null), or lets none through.
  const others = [
    'note is not null',
    '1 = 2',
    'tenant_id = id',
    'null',
    'note <> note',
    'not true',
  ];
  const create = async (table: string, condition: string) => {
    await admin.query(`
      create table ${table} (like orders including all);
      alter table ${table} enable row level security;
      create policy p on ${table} using (${condition})`);
    return `policy p on public.${table}`;
  };
  for (const [index, condition] of others.entries()) await create(`other_${index}`, condition);
  await isOk(declared);
  const objects: string[] = [];
  for (const [index, condition] of truths.entries()) {
    objects.push(await create(`true_${index}`, condition));
  }
  await finds(objects, declared);
});

checkTest(id, { title: 'meant', majors: [14, 18] }, async ({ admin, isOk, finds }) => {
  await admin.query(setUp);
  // An exemption that names its role, as it should be written.
  await admin.query('create policy archive on orders to archiver using (true)');
  await isOk(declared);
  await isOk();
  // The application is a member of that role, so it has the exemption too.
  await admin.query('grant archiver to app');
  await finds(['policy archive on public.orders'], declared);
  await admin.query('revoke archiver from app');

  // A restrictive policy narrows what the open one lets through.
  await admin.query(`
    drop policy tenant on orders;
    create policy all_rows on orders using (true);
    create policy tenant on orders as restrictive using (tenant_id = 1)`);
  await isOk(declared);

  // Everybody may read the currencies, nobody may write them.
  await admin.query(`
    create table currencies (code text primary key);
    alter table currencies enable row level security;
    create policy readable on currencies for select using (true)`);
  await isOk(declared);
});

checkTest(id, { title: 'hostile names', majors: [14, 18] }, async ({ admin, finds }) => {
  const long = `Ü"${'x'.repeat(59)}`;
  await admin.query(`
    create schema "My Schema";
    create table "My Schema"."Order 🧨" (tenant_id int);
    alter table "My Schema"."Order 🧨" enable row level security;
    create policy "${long.replaceAll('"', '""')}" on "My Schema"."Order 🧨" using (true)`);
  const quoted = `"${long.replaceAll('"', '""')}"`;
  await finds([`policy ${quoted} on "My Schema"."Order 🧨"`], declared);
});
