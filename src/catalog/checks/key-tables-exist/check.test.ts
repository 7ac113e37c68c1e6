// A declared table that was dropped, renamed or moved is told; its privileges do not matter.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { parseTableName } from '../../probes/declared-tables/name.ts';

const id = 'key-tables-exist';

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  const long = `public."${'ä'.repeat(31)}x"`;
  const baselines = { key_tables: ['public.Orders', 'public."Order "" 🚗"', long, 'app.seen'] };
  await skips('needs-configuration');
  await admin.query(`
    create role visitor login;
    create schema app;
    create table orders (id int) partition by range (id);
    create table "Order "" 🚗" (id int);
    create table ${long} (id int);
    create view app.seen as select 1 as one`);
  assert.equal((await isOk({ baselines })).examined, 4);
  await isOk({ baselines, user: 'visitor' });

  await admin.query(`
    drop table "Order "" 🚗";
    alter table orders set schema app;
    drop view app.seen;
    create type app.seen as (one int)`);
  const [order, orders] = await finds(['public."Order "" 🚗"', 'public.orders', 'app.seen'], {
    baselines,
  });
  assert.equal(order?.severity, 'critical');
  assert.equal(order.summary, 'public."Order "" 🚗" does not exist in database app');
  assert.match(orders?.summary ?? '', /, but app.orders does$/);
});

test('a table is named as SQL would name it', () => {
  const read = (written: string) => Object.values(parseTableName(written)).join('|');
  assert.equal(read('Public.Orders'), 'public|orders');
  assert.equal(read('"Public"."A.B"'), 'Public|A.B');
  assert.equal(read('"a""b".ÄÖ'), 'a"b|ÄÖ');
  assert.equal(read('public.My Table'), 'public|My Table');
  assert.equal(read('a.b.c'), 'a|b.c');
});
