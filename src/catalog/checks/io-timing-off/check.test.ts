// Missing I/O timing is found until it is on.
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('io-timing-off', {}, async ({ admin, isOk, finds, skips }) => {
  await finds(['track_io_timing']);
  await alterSystem(admin, { track_io_timing: 'on' });
  await isOk();
  await admin.query('alter role pgrunbook_monitor set track_io_timing = off');
  await skips('nothing-to-examine');
});
