// Logging of all statements is found for the server and for a role.
import assert from 'node:assert/strict';
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('log-statement-all', {}, async ({ admin, isOk, finds }) => {
  await isOk();
  await alterSystem(admin, { log_statement: 'all', log_min_duration_statement: '0' });
  const [all] = await finds(['log_statement', 'log_min_duration_statement']);
  assert.equal(all?.severity, 'warning');
  await alterSystem(admin, { log_statement: 'mod', log_min_duration_statement: '1ms' });
  const [mod] = await finds(['log_statement']);
  assert.equal(mod?.severity, 'info');
  await alterSystem(admin, { log_statement: 'ddl', log_min_duration_statement: null });
  await isOk();

  await admin.query(`create role "App"; alter role "App" set log_statement = 'ALL'`);
  const [one] = await finds(['log_statement of role App']);
  assert.match(one?.summary ?? '', /is ALL: every statement is logged$/);
  await admin.query(`alter role "App" set log_statement = 'none'`);
  await isOk();
});
