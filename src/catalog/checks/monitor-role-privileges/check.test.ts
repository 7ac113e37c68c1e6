// Our own role is found when it may read data, by whatever grant.
import assert from 'node:assert/strict';
import { checkTest, monitorRole } from '../../../../test/harness/check-scenario.ts';

checkTest('monitor-role-privileges', {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query('create table orders (id int); create table items (id int)');
  await admin.query('create view seen as select 1');
  await isOk();

  await admin.query(`grant select on orders to ${monitorRole}`);
  const [found] = await finds([monitorRole]);
  assert.equal(found?.severity, 'warning');
  assert.match(found.summary, /may read 1 of 2 tables: public\.orders/);
  await admin.query(`revoke select on orders from ${monitorRole}`);
  await isOk();

  await admin.query(`grant pg_read_all_data to ${monitorRole}`);
  const [all] = await finds([monitorRole]);
  assert.match(all?.summary ?? '', /may read 2 of 2 tables as a member of pg_read_all_data/);
  const [superuser] = await finds(['postgres'], { user: 'postgres' });
  assert.match(superuser?.summary ?? '', /as a superuser/);
});
