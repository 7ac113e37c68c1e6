// An application role that row security does not bind is found, with each way round it.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'rls-role-bypasses';
const declared = { baselines: { application_roles: ['app', 'gone'] } };

checkTest(id, {}, async ({ admin, major, isOk, finds, skips }) => {
  await skips('needs-configuration');
  await admin.query(`
    create role app login;
    create role owner;
    create role backup bypassrls;
    create table orders (tenant_id int)`);
  await skips('nothing-to-examine', declared);
  await admin.query('alter table orders owner to owner');
  await admin.query('alter table orders enable row level security');
  await skips('nothing-to-examine', { baselines: { application_roles: ['gone'] } });
  await isOk(declared);

  for (const [attribute, reason] of [
    ['superuser', /it is a superuser$/],
    ['bypassrls', /it has BYPASSRLS$/],
  ] as const) {
    await admin.query(`alter role app ${attribute}`);
    const [found] = await finds(['app'], declared);
    assert.equal(found?.severity, 'critical');
    assert.match(found.summary, reason);
    await admin.query(`alter role app no${attribute}`);
  }

  await admin.query('grant owner to app');
  const [owner] = await finds(['app'], declared);
  assert.match(owner?.summary ?? '', /acts as owner of 1 table that are not forced/);
  await admin.query('alter table orders force row level security');
  await isOk(declared);

  // BYPASSRLS is not inherited, but SET ROLE gets it.
  await admin.query('grant backup to app');
  const [detour] = await finds(['app'], declared);
  assert.equal(detour?.severity, 'warning');
  assert.match(detour.summary, /it may SET ROLE backup$/);
  if (major >= 16) {
    await admin.query('grant backup to app with set false');
    await isOk(declared);
  }
});
