// Functions called for every row are found by the tree, whatever their schema; wrapped ones not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'rls-per-row-function';

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query(`
    create schema auth;
    create function auth.tenant() returns int language plpgsql stable as
      $$ begin return nullif(current_setting('app.id', true), '')::int; end $$;
    create table orders (tenant_id int);
    alter table orders enable row level security;
    create policy tenant on orders using (tenant_id = (select auth.tenant()))`);
  await isOk();

  await admin.query('alter policy tenant on orders using (tenant_id = auth.tenant())');
  const [found] = await finds(['policy tenant on public.orders']);
  assert.equal(found?.severity, 'info');
  assert.equal(found.evidence.functions, 'auth.tenant()');
  await admin.query('insert into orders select 1 from generate_series(1, 50)');
  await admin.query('analyze orders');
  const [large] = await finds(['policy tenant on public.orders'], {
    thresholds: { large_rows: 50 },
  });
  assert.equal(large?.severity, 'warning');
  // Volatile is worse, whatever the size: no index can be used.
  await admin.query('alter function auth.tenant() volatile');
  const [volatile] = await finds(['policy tenant on public.orders']);
  assert.equal(volatile?.severity, 'warning');
  assert.match(volatile.summary, /without the help of any index/);

  await admin.query('alter policy tenant on orders using (tenant_id = (select auth.tenant()))');
  await isOk();
});

checkTest(id, { title: 'shapes' }, async ({ admin, isOk, finds }) => {
  await admin.query(`
    create table members (tenant_id int, name text);
    create function visible(int) returns boolean language sql stable as 'select $1 > 0';
    create function fixed() returns int language sql immutable as 'select 1';`);
  const create = async (table: string, condition: string) => {
    await admin.query(`
      create table ${table} (tenant_id int, created_at timestamptz, name text);
      alter table ${table} enable row level security;
      create policy p on ${table} using (${condition})`);
    return `policy p on public.${table}`;
  };
  const setting = `current_setting('app.name', true)`;
  const once = [
    `name = (select ${setting})`,
    `tenant_id in (select m.tenant_id from members m where m.name = ${setting})`,
    `tenant_id = public.fixed() and created_at > now() and name = current_user`,
    // It takes a column: there is nothing to wrap.
    'public.visible(tenant_id)',
  ];
  for (const [index, condition] of once.entries()) await create(`once_${index}`, condition);
  await isOk();
  const each = [
    `name = ${setting}`,
    `tenant_id = 1 or (name = ${setting} and tenant_id = 2)`,
    // The sub-select names a column of the outer row, so it runs for each of them.
    `exists (select from members m where m.tenant_id = each_2.tenant_id and m.name = ${setting})`,
    `name in (select m.name from members m) and lower(name) = lower(${setting})`,
    `tenant_id > random()`,
  ];
  const objects: string[] = [];
  for (const [index, condition] of each.entries()) {
    objects.push(await create(`each_${index}`, condition));
  }
  await finds(objects);
});
