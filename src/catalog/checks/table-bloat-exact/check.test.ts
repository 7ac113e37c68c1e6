// Free and dead space is counted, the fill factor is no waste, and only on request.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const settings = { autovacuum: 'off' };
const look = { thresholds: { warning_size: 100_000 } };

checkTest('table-bloat-exact', { settings }, async ({ admin, isOk, finds, skips }) => {
  await skips('needs-extension', look);
  await admin.query('create extension pgstattuple');
  await skips('nothing-to-examine', look);
  await admin.query('create table "Docs" (id int, note text) with (fillfactor = 60)');
  await admin.query('insert into "Docs" select i, md5(i::text) from generate_series(1, 9000) i');
  await admin.query('vacuum "Docs"');
  await isOk(look);
  await admin.query('delete from "Docs" where id % 3 > 0');
  const [dead] = await finds(['public."Docs"'], look);
  assert.ok(Number(dead?.evidence['dead_bytes']) > 0);
  await admin.query('vacuum "Docs"');
  const [free] = await finds(['public."Docs"'], look);
  assert.equal(free?.evidence['dead_bytes'], 0);
  assert.equal(free.fingerprint, dead?.fingerprint);
  await isOk({ thresholds: { ...look.thresholds, warning_percent: 60 } });
  await skips('nothing-to-examine', { thresholds: { ...look.thresholds, read_limit: 200_000 } });
  await admin.query('vacuum full "Docs"');
  await isOk(look);
});
