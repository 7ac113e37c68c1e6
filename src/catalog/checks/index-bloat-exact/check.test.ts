// Sparse and deleted pages are counted in any B-tree, repeated keys and expressions included.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const settings = { autovacuum: 'off' };
const look = { thresholds: { warning_size: 50_000 } };

checkTest('index-bloat-exact', { settings }, async ({ admin, isOk, finds, skips }) => {
  await skips('needs-extension', look);
  await admin.query('create extension pgstattuple');
  await skips('nothing-to-examine', look);
  await admin.query(`
    create table orders (id int, kind text);
    insert into orders select i, 'kind ' || i / 10 from generate_series(1, 20000) as i;
    create index "Orders id" on orders (id);
    create index orders_kind on orders (upper(kind)) with (fillfactor = 50)`);
  await admin.query('vacuum (analyze) orders');
  await isOk(look);
  await admin.query('delete from orders where id > 8000');
  await admin.query('vacuum (analyze) orders');
  const [found] = await finds(['public."Orders id"', 'public.orders_kind'], look);
  assert.ok(Number(found?.evidence['empty_pages']) > 20);
  assert.ok(Number(found?.evidence['wasted_percent']) > 55);
  await skips('nothing-to-examine', { thresholds: { ...look.thresholds, read_limit: 60_000 } });
  await admin.query('reindex table orders');
  await isOk(look);
});
