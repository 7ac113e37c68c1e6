// Waste in the side table of large values is measured and laid at the door of its table.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const settings = { autovacuum: 'off' };
const look = { thresholds: { warning_size: 200_000 } };

checkTest('toast-bloat', { settings }, async ({ admin, isOk, finds, skips }) => {
  await skips('needs-extension', look);
  await admin.query('create extension pgstattuple');
  await admin.query('create table "Docs" (id int, body text)');
  await admin.query('alter table "Docs" alter body set storage external');
  await skips('nothing-to-examine', look);
  await admin.query(`
    insert into "Docs" select i, repeat(md5(i::text), 200) from generate_series(1, 200) as i`);
  await admin.query('vacuum (analyze) "Docs"');
  await isOk(look);
  await admin.query(`update "Docs" set body = repeat('x', 3000)`);
  await admin.query('vacuum (analyze, truncate off) "Docs"');
  const [found] = await finds(['public."Docs"'], look);
  assert.match(found?.summary ?? '', /of the TOAST table of public\."Docs" is free or dead space/);
  await isOk();
  await admin.query('vacuum (full, analyze) "Docs"');
  // A rewrite leaves nothing marked all-visible: all of it would have to be read.
  const sparing = { thresholds: { ...look.thresholds, measure_limit: 0 } };
  await skips('cannot-tell', sparing);
  await isOk(look);
  await admin.query('vacuum "Docs"');
  await isOk(sparing);
});
