// A table is told with its indexes and TOAST, by share and size, without touching the table.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'largest-tables';

checkTest(id, {}, async ({ admin, session, isOk, finds, skips }) => {
  const look = { thresholds: { min_share: 30, min_size: 1024 ** 2 } };
  await skips('nothing-to-examine');
  await admin.query('create table small (id int primary key)');
  await isOk(look);
  await admin.query(`
    create table "Large" (id int primary key, note text, filler text);
    alter table "Large" alter filler set storage external;
    create index on "Large" (note);
    insert into "Large" select n, n, repeat('x', 3000) from generate_series(1, 4000) as n`);
  await admin.query('vacuum (analyze) "Large"');
  const writer = await session();
  await writer.query('begin; lock table "Large" in access exclusive mode');
  const [found] = await finds(['public."Large"'], look);
  assert.equal(found?.severity, 'info');
  await writer.query('rollback');
  const { rows } = await admin.query(`
    select pg_total_relation_size('"Large"')::float8 as size,
      pg_indexes_size('"Large"') as indexes`);
  // Maps of free space and visibility are not in it.
  const size_bytes = Number(found.evidence['size_bytes']);
  assert.ok(size_bytes > 0.97 * rows[0].size && size_bytes <= rows[0].size);
  assert.equal(found.evidence['index_bytes'], Number(rows[0].indexes));
  await isOk();
  await isOk({ thresholds: { min_share: 99, min_size: 0 } });
});
