// A change that needs a restart is found until it is taken back, or the server restarted.
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('settings-pending-restart', {}, async ({ admin, server, isOk, finds }) => {
  await isOk();
  await alterSystem(admin, { max_connections: '120', work_mem: '5MB' });
  await finds(['max_connections']);
  await alterSystem(admin, { max_connections: null });
  await isOk();

  await alterSystem(admin, { max_connections: '120', max_locks_per_transaction: '80' });
  await finds(['max_connections', 'max_locks_per_transaction']);
  await server.restart();
  await isOk();
});
