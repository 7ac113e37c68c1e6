// A declared standby is missed while it is away; how badly depends on who is left.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { startStandby, untilStreaming } from '../../../../test/harness/standby.ts';

const id = 'replication-standby-missing';

checkTest(id, {}, async ({ t, admin, server, isOk, finds, skips }) => {
  await skips('needs-configuration');
  const [alone] = await finds(['east'], { baselines: { standbys: ['east'] } });
  assert.equal(alone?.severity, 'critical');

  const east = await startStandby(t, server, { application_name: 'east' });
  await untilStreaming(admin);
  await isOk({ baselines: { standbys: ['east'] } });
  const [west] = await finds(['West 2'], { baselines: { standbys: ['east', 'West 2'] } });
  assert.equal(west?.severity, 'warning');
  assert.equal(west.summary, 'standby West 2 is not connected, 1 other still receiving');

  await east.halt();
  await untilStreaming(admin, 0);
  await finds(['east', 'West 2'], { baselines: { standbys: ['east', 'West 2'] } });
  await admin.query('create role visitor login');
  await skips('needs-privilege', { user: 'visitor', baselines: { standbys: ['east'] } });
});
