// Membership in a role with access to the host is found, through other roles too.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('role-membership-dangerous', {}, async ({ admin, isOk, finds }) => {
  await admin.query('create role app login; create role loaders; grant loaders to app');
  await isOk();
  await admin.query('grant pg_execute_server_program, pg_read_server_files to loaders');
  const [app, group] = await finds(['app', 'loaders']);
  assert.equal(app?.severity, 'warning');
  assert.equal(app.summary, 'app is a member of pg_execute_server_program, pg_read_server_files');
  assert.equal(group?.severity, 'info');
  const [declared] = await finds(['app', 'loaders'], { baselines: { application_roles: ['app'] } });
  assert.equal(declared?.severity, 'critical');
  await isOk({ thresholds: { allowed: ['app', 'loaders'] } });

  await admin.query('revoke loaders from app');
  await finds(['loaders']);
  await admin.query('drop role loaders');
  await isOk();
});
