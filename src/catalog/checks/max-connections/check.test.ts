// A very high limit is information, and a warning once that many sessions are there.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { untilGone } from '../../../../test/harness/waiting.ts';

const id = 'max-connections';

checkTest(id, { settings: { max_connections: '501' } }, async ({ admin, isOk, finds }) => {
  await admin.query('create role stranger login');
  await isOk({ thresholds: { highest_connections: 501 } });
  await untilGone(admin, 'pgrunbook');
  const [info] = await finds(['max_connections']);
  assert.equal(info?.severity, 'info');
  assert.match(info.summary, /^max_connections is 501; 4 are connected/);
  const [warning] = await finds(['max_connections'], { thresholds: { highest_connections: 3 } });
  assert.equal(warning?.severity, 'warning');
  await finds(['max_connections'], { user: 'stranger' });
});

checkTest(id, { title: 'the default', majors: [14, 18] }, async ({ isOk }) => {
  await isOk();
});
