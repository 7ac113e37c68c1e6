// A role with BYPASSRLS is told, and is a fault where an application has it.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('bypassrls-roles', {}, async ({ admin, isOk, finds }) => {
  await isOk();
  await admin.query('create role backup login bypassrls');
  const [found] = await finds(['backup']);
  assert.equal(found?.severity, 'info');
  await isOk({ thresholds: { allowed: ['backup'] } });
  const [app] = await finds(['backup'], { baselines: { application_roles: ['backup'] } });
  assert.equal(app?.severity, 'critical');

  // A superuser bypasses everything anyway, and superusers tells it.
  await admin.query('create role dba superuser bypassrls; alter role backup nobypassrls');
  await isOk();
});
