// A materialized view without data is found, and it is true that nobody can read it.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'matview-not-populated';

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query('create materialized view "Stats" as select 1 as one');
  assert.equal((await isOk()).examined, 1);
  await admin.query('refresh materialized view "Stats" with no data');
  const [found] = await finds(['public."Stats"']);
  assert.equal(found?.severity, 'warning');
  await assert.rejects(admin.query('select * from "Stats"'), /has not been populated/);
  await admin.query('refresh materialized view "Stats"');
  await isOk();
});
