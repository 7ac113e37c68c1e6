// Methods switched off are found by scope; those that are off by default are not.
import assert from 'node:assert/strict';
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('planner-methods-off', {}, async ({ admin, isOk, finds }) => {
  await isOk();
  await alterSystem(admin, { enable_nestloop: 'off' });
  await admin.query('create role reports');
  await admin.query('alter role reports in database app set enable_seqscan = false');
  const [server, role] = await finds([
    'enable_nestloop',
    'enable_seqscan of role reports in database app',
  ]);
  assert.equal(server?.severity, 'warning');
  assert.equal(role?.severity, 'info');

  await alterSystem(admin, { enable_nestloop: null });
  await admin.query('alter role reports in database app set enable_seqscan = on');
  await isOk();
});
