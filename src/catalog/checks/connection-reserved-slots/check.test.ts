// No reserve and too large a reserve are found, by any role.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'connection-reserved-slots';
const object = 'superuser_reserved_connections';

checkTest(id, {}, async ({ admin, isOk }) => {
  await admin.query('create role stranger login');
  await isOk();
  await isOk({ user: 'stranger' });
});

checkTest(
  id,
  { title: 'no reserve', settings: { superuser_reserved_connections: '0' } },
  async ({ finds }) => {
    const [found] = await finds([object]);
    assert.equal(found?.severity, 'warning');
    assert.equal(found.evidence['superuser_reserved_connections'], 0);
  },
);

checkTest(
  id,
  {
    title: 'too large a reserve',
    majors: [14, 18],
    settings: { max_connections: '20', superuser_reserved_connections: '5' },
  },
  async ({ finds, isOk }) => {
    const [found] = await finds([object]);
    assert.equal(found?.severity, 'info');
    assert.match(found.summary, /^5 connection slots of 20 \(25 %\) are reserved/);
    await isOk({ thresholds: { highest_percent: 25 } });
  },
);
