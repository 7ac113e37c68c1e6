// An application that owns tables is found, by name or by membership.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'application-role-owns-tables';
const declared = { baselines: { application_roles: ['app'] } };

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('needs-configuration');
  await skips('nothing-to-examine', declared);
  await admin.query('create role app login; create role owner; create table orders (id int)');
  await isOk(declared);
  await admin.query('alter table orders owner to app');
  const [found] = await finds(['app'], declared);
  assert.equal(found?.severity, 'warning');
  assert.match(found.summary, /application role app owns 1 table or view, such as public\.orders/);

  await admin.query('alter table orders owner to owner');
  await isOk(declared);
  await admin.query('create view seen as select 1; alter view seen owner to owner');
  await admin.query('grant owner to app');
  const [member] = await finds(['app'], declared);
  assert.match(member?.summary ?? '', /owns 2 tables and views as a member of owner/);
  // Without INHERIT the rights need a SET ROLE, as a migration does it.
  await admin.query('revoke owner from app; alter role app noinherit; grant owner to app');
  await isOk(declared);
});
