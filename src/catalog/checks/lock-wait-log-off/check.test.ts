// Lock waits that are not logged are found until the setting is on.
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('lock-wait-log-off', {}, async ({ admin, isOk, finds, skips }) => {
  await finds(['log_lock_waits']);
  await alterSystem(admin, { log_lock_waits: 'on' });
  await isOk();
  // An override for ourselves hides what the server does for others.
  await admin.query('alter role pgrunbook_monitor set log_lock_waits = off');
  await skips('nothing-to-examine');
});
