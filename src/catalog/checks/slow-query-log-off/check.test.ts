// A server that logs no slow statement is found; any of the ways to log them is enough.
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'slow-query-log-off';

checkTest(id, {}, async ({ admin, isOk, finds }) => {
  const object = 'log_min_duration_statement';
  await finds([object]);
  await alterSystem(admin, { log_min_duration_statement: '1s' });
  await isOk();
  await alterSystem(admin, { log_min_duration_statement: null, log_min_duration_sample: '100ms' });
  await isOk();
  await alterSystem(admin, { log_min_duration_sample: null });
  await finds([object]);
  await admin.query(`create role app; alter role app set log_min_duration_statement = '500ms'`);
  await isOk();
});

checkTest(
  id,
  {
    title: 'auto_explain',
    settings: {
      shared_preload_libraries: 'auto_explain',
      'auto_explain.log_min_duration': '1s',
    },
  },
  async ({ isOk }) => {
    await isOk();
  },
);
