// A table with more indexes than the limit is found, at the limit it is not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'index-too-many';

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query('create table "Orders" (id bigint primary key, a int, b int, c int)');
  for (let n = 0; n < 9; n += 1) await admin.query(`create index on "Orders" (a, (b + ${n}))`);
  await isOk();
  await admin.query('create index one_more on "Orders" (c)');
  const [found] = await finds(['public."Orders"']);
  assert.equal(found?.severity, 'info');
  assert.equal(found.summary, 'public."Orders" has 11 indexes');
  await admin.query('drop index one_more');
  await isOk();
});

checkTest(id, { title: 'partitions and temporary tables' }, async ({ admin, isOk, finds }) => {
  await admin.query(`
    create table events (at date, kind text) partition by range (at);
    create table events_1 partition of events for values from ('2025-01-01') to ('2025-02-01');
    create index on events (at);
    create index on events (kind);
    create temporary table scratch (a int primary key, b int unique)`);
  await finds(['public.events'], { thresholds: { most: 1 } });
  await isOk({ thresholds: { most: 2 } });
});
