// Partitions and children granted around the policies of their parent are found, one per parent.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'rls-partition-child';
const declared = { baselines: { application_roles: ['app'] } };

checkTest(id, {}, async ({ admin, session, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query(`
    create role app login;
    create role report login;
    create table events (tenant_id int, day date) partition by range (day);
    create table events_1 partition of events for values from ('2020-01-01') to ('2021-01-01');
    create table events_2 partition of events for values from ('2021-01-01') to ('2022-01-01')
      partition by list (tenant_id);
    create table events_2_a partition of events_2 default;
    insert into events values (2, '2020-02-02');
    alter table events enable row level security;
    create policy tenant on events using (tenant_id = 1);
    grant select on events to app, report`);
  await isOk(declared);

  await admin.query('grant select on all tables in schema public to app');
  const [found] = await finds(['public.events'], declared);
  assert.equal(found?.severity, 'critical');
  assert.match(
    found.summary,
    /^3 of 3 partitions of public\.events can be used without .* by app:/,
  );
  const app = await session({ user: 'app' });
  assert.equal((await app.query('select from events')).rowCount, 0);
  assert.equal((await app.query('select from events_1')).rowCount, 1);
  await admin.query('revoke all on events_1, events_2, events_2_a from app');
  await isOk(declared);

  // Not an application's: told where none is declared.
  await admin.query('grant select on events_2_a to report');
  await isOk(declared);
  const [undeclared] = await finds(['public.events']);
  assert.equal(undeclared?.severity, 'warning');
  assert.equal(undeclared.evidence.open_children, 1);
  await admin.query('alter table events_2_a enable row level security');
  await isOk();
});

checkTest(id, { title: 'inheritance', majors: [14, 18] }, async ({ admin, isOk, finds }) => {
  await admin.query(`
    create table parent (tenant_id int);
    create table child (note text) inherits (parent);
    create table grandchild () inherits (child);
    alter table parent enable row level security;
    create policy tenant on parent using (tenant_id = 1)`);
  await isOk();
  await admin.query('grant update on grandchild to public');
  const [found] = await finds(['public.parent']);
  assert.equal(found?.severity, 'critical');
  assert.match(found.summary, /1 of 2 children of public\.parent .* by public: public\.grandchild/);
});
