// Missing timeouts are found for the server or for each declared role, overrides included.
import assert from 'node:assert/strict';
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'timeouts-unset';
const idle = 'idle_in_transaction_session_timeout';

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  const [harmful] = await finds([idle, 'statement_timeout', 'lock_timeout']);
  assert.equal(harmful?.severity, 'warning');

  await admin.query(`create role app login; alter role app set ${idle} = '1min'`);
  const [softer] = await finds([idle, 'statement_timeout', 'lock_timeout']);
  assert.equal(softer?.severity, 'info');
  assert.match(softer.summary, /is not set for the server; 1 role or database set it$/);

  await alterSystem(admin, { [idle]: '1min', statement_timeout: '1h', lock_timeout: '1min' });
  await isOk();

  // Our own role's limits are not the server's.
  await alterSystem(admin, { statement_timeout: null });
  await admin.query(`alter role pgrunbook_monitor set statement_timeout = '10s'`);
  await isOk();
  await skips('nothing-to-examine', { thresholds: { required: ['statement_timeout'] } });
});

checkTest(id, { title: 'application roles' }, async ({ admin, isOk, finds }) => {
  const baselines = { application_roles: ['App'] };
  const look = { baselines, thresholds: { required: ['statement_timeout'] } };
  await admin.query('create role "App" login');
  await finds(['statement_timeout of role App'], look);
  await admin.query(`alter role "App" set statement_timeout = '30s'`);
  await isOk(look);
  // The role in this database wins over the role everywhere.
  await admin.query(`alter role "App" in database app set statement_timeout = 0`);
  await finds(['statement_timeout of role App'], look);
  await admin.query(`alter role "App" in database app reset all; alter role "App" reset all`);
  await admin.query(`alter database postgres set statement_timeout = '30s'`);
  await finds(['statement_timeout of role App'], look);
  await finds(['lock_timeout of role App'], {
    baselines,
    thresholds: { required: ['lock_timeout'] },
  });
});
