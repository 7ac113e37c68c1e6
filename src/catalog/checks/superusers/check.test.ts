// A superuser that nobody allowed is found; the one that initdb made is not, under any name.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'superusers';

checkTest(id, {}, async ({ admin, session, isOk, finds }) => {
  await isOk();
  await admin.query('create role dba superuser login');
  await session({ user: 'dba' });
  const [found] = await finds(['dba']);
  assert.equal(found?.severity, 'warning');
  assert.match(found.summary, /role dba is a superuser and may log in \(1 session now\)/);
  await isOk({ thresholds: { allowed: ['dba'] } });
  await admin.query('alter role dba nosuperuser');
  await isOk();
});

checkTest(id, { title: 'harm', majors: [14, 18] }, async ({ admin, finds }) => {
  await admin.query(`
    create role "Break Glass" superuser nologin;
    create role app superuser login`);
  const declared = { baselines: { application_roles: ['app'] }, thresholds: { allowed: ['app'] } };
  const [app, group] = await finds(['app', 'Break Glass'], declared);
  // Allowed or not: an application that is a superuser is a fault.
  assert.equal(app?.severity, 'critical');
  assert.equal(group?.severity, 'info');
});
