// A policy whose column leads no index is found in tables that are large enough.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'rls-no-tenant-index';
const small = { thresholds: { rows: 50 } };
const tenant = `(select nullif(current_setting('app.id', true), '')::int)`;

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query(`
    create table orders (id int primary key, tenant_id int, at date);
    insert into orders select n, n, '2020-01-01' from generate_series(1, 50) n;
    analyze orders;
    alter table orders enable row level security;
    create policy tenant on orders using (tenant_id = ${tenant} and at is not null);
    create index by_date on orders (at, tenant_id);
    create index part on orders (tenant_id) where id > 3;
    create index blocks on orders using brin (tenant_id)`);
  const [found] = await finds(['policy tenant on public.orders'], small);
  assert.equal(found?.severity, 'warning');
  assert.match(found.summary, /no index of public\.orders \(50 rows\) begins with tenant_id/);
  await isOk();
  await isOk({ thresholds: { rows: 51 } });

  await admin.query('create index by_tenant on orders (tenant_id, at)');
  await isOk(small);

  // With a cast of the column that index is of no use.
  await admin.query(`alter policy tenant on orders using (tenant_id::text = '7')`);
  const [cast] = await finds(['policy tenant on public.orders'], small);
  assert.match(cast?.summary ?? '', /casts tenant_id/);
  await admin.query('create index on orders ((tenant_id::text))');
  await isOk(small);
});

checkTest(
  id,
  { title: 'partitions, varchar, other conditions', majors: [14, 18] },
  async (world) => {
    const { admin, isOk, finds, skips } = world;
    await admin.query(`
    create table events (id int, tenant varchar(20), day date) partition by range (day);
    create table events_1 partition of events for values from ('2020-01-01') to ('2020-02-01');
    insert into events select n, 'a', '2020-01-02' from generate_series(1, 50) n;
    analyze events_1;
    alter table events enable row level security;
    create policy tenant on events using (id > 3 or tenant = 'a')`);
    // An OR cannot be served by one index, which is what rls-multiple-permissive is about.
    await skips('nothing-to-examine', small);
    await admin.query(
      `alter policy tenant on events using (tenant = current_setting('app.t', true))`,
    );
    await finds(['policy tenant on public.events'], small);
    await admin.query('create index on events (tenant)');
    await isOk(small);
  },
);
