// A materialized view is found exactly where the server refuses to refresh it concurrently.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'matview-without-unique-index';
const refresh = 'refresh materialized view concurrently "Stats"';

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query('create materialized view "Stats" as select 1 as one, 2 as two');
  for (const almost of [
    'index on "Stats" (one)',
    'unique index on "Stats" ((one + 1))',
    'unique index on "Stats" (one) where two > 0',
  ]) {
    await admin.query(`create ${almost}`);
    const [found] = await finds(['public."Stats"']);
    assert.equal(found?.severity, 'info');
    await assert.rejects(admin.query(refresh), /cannot refresh/);
  }
  await admin.query('create unique index on "Stats" (one) include (two)');
  await isOk();
  await admin.query(refresh);
});
