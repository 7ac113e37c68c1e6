// Autovacuum off, or without its counters, is found; a reload cures it.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';

checkTest('autovacuum-off', {}, async ({ admin, isOk, finds }) => {
  const set = async (name: string, value: string) => {
    await admin.query(`alter system set ${name} = ${value}`);
    await admin.query('select pg_reload_conf()');
    await until(`${name} is ${value}`, async () => {
      const { rows } = await admin.query('select current_setting($1) as value', [name]);
      return rows[0].value === value;
    });
  };
  await isOk();
  await set('autovacuum', 'off');
  const [found] = await finds(['autovacuum']);
  assert.equal(found?.severity, 'critical');
  await set('autovacuum', 'on');
  await set('track_counts', 'off');
  await finds(['track_counts']);
  await set('track_counts', 'on');
  await isOk();
});
