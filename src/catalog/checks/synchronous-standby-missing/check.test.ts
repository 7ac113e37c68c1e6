// A demand that no standby meets is found, with the commits that hang on it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';
import { startStandby } from '../../../../test/harness/standby.ts';
import { standbysRequired } from './standby-names.ts';

const id = 'synchronous-standby-missing';
const object = 'synchronous_standby_names';

checkTest(id, {}, async ({ t, admin, server, session, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query('create table orders (id int)');
  await admin.query('create role visitor login');
  await alterSystem(admin, { synchronous_standby_names: 'east' });
  const [next] = await finds([object]);
  assert.equal(next?.severity, 'critical');
  assert.match(next.summary, /^0 of 1 synchronous standby streaming: the next commit will wait$/);

  const writer = await session();
  const commit = writer.query('insert into orders values (1)');
  await until('the commit waits', async () => {
    const sql = `select 1 from pg_stat_activity where wait_event = 'SyncRep'`;
    return (await admin.query(sql)).rowCount === 1;
  });
  const [waiting] = await finds([object]);
  assert.match(waiting?.summary ?? '', /: 1 commit waiting$/);
  await skips('needs-privilege', { user: 'visitor' });

  await startStandby(t, server, { application_name: 'east' });
  await commit;
  await isOk();
  await alterSystem(admin, { synchronous_standby_names: 'ANY 2 (east, "West")' });
  await finds([object]);
  await alterSystem(admin, { synchronous_commit: 'local' });
  const [nobody] = await finds([object]);
  assert.equal(nobody?.severity, 'warning');
});

const demands: readonly (readonly [names: string, required: number])[] = [
  ['', 0],
  [' ', 0],
  ['*', 1],
  ['east', 1],
  ['east, west', 1],
  ['2 (east, west, north)', 2],
  ['FIRST 3 (a, b, c)', 3],
  ['any 1 (*)', 1],
  ['"ANY 2 (x)"', 1],
];

for (const [names, required] of demands) {
  test(`"${names}" requires ${required}`, () => assert.equal(standbysRequired(names), required));
}
