// Settings that make checkpoints violent, long or silent are found; the defaults are fine.
import assert from 'node:assert/strict';
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('checkpoint-settings', {}, async ({ admin, isOk, finds }) => {
  await isOk();
  await alterSystem(admin, {
    checkpoint_completion_target: '0.5',
    checkpoint_timeout: '30s',
    checkpoint_warning: '0',
  });
  const [target, timeout] = await finds([
    'checkpoint_completion_target',
    'checkpoint_timeout',
    'checkpoint_warning',
  ]);
  assert.equal(target?.severity, 'warning');
  assert.match(timeout?.summary ?? '', /is 30 s: most page changes/);

  await alterSystem(admin, {
    checkpoint_completion_target: '0.7',
    checkpoint_timeout: '61min',
    checkpoint_warning: '1s',
  });
  const [long] = await finds(['checkpoint_timeout']);
  assert.match(long?.summary ?? '', /1 h 1 min: recovery/);
  await alterSystem(admin, { checkpoint_timeout: '60min' });
  await isOk();
});
