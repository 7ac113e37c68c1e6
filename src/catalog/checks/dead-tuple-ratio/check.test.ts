// The share is of live and dead rows, with decimals, and small tables are left out.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { deadRows, liveRows } from '../../../../test/harness/table-statistics.ts';

const settings = { autovacuum: 'off' };

checkTest('dead-tuple-ratio', { settings }, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query('create table "Ödd 🐘" (id int)');
  await admin.query('insert into "Ödd 🐘" select i from generate_series(1, 1000) i');
  await liveRows(admin, '"Ödd 🐘"', 1000);
  await admin.query('vacuum (analyze) "Ödd 🐘"');
  const look = { thresholds: { min_dead_rows: 100 } };
  await isOk(look);
  await admin.query('delete from "Ödd 🐘" where id <= 109');
  await deadRows(admin, '"Ödd 🐘"', 109);
  // 10.9 % must not be rounded down to the limit of 10.
  const [found] = await finds(['public."Ödd 🐘"'], look);
  assert.equal(found?.evidence['dead_percent'], 10.9);
  assert.equal(found.severity, 'warning');
  await isOk({ thresholds: { min_dead_rows: 110 } });
  await isOk();
  await admin.query('delete from "Ödd 🐘" where id <= 600');
  await deadRows(admin, '"Ödd 🐘"', 600);
  const [worse] = await finds(['public."Ödd 🐘"'], look);
  assert.equal(worse?.severity, 'critical');
  assert.equal(worse.fingerprint, found.fingerprint);
  await admin.query('vacuum "Ödd 🐘"');
  await deadRows(admin, '"Ödd 🐘"', 0);
  await isOk(look);
});
