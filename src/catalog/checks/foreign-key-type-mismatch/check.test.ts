// A key that is narrower than what it refers to is found; types that only look different are not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'foreign-key-type-mismatch';

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await admin.query(`
    create table items (id bigint primary key, code text unique, day timestamp unique,
      price numeric unique,
      unique (id, code));
    create domain item as bigint`);
  await skips('nothing-to-examine');
  await admin.query(`
    create table same (id bigint references items, code varchar(9) references items (code));
    create table domains (id item references items, price bigint references items (price))`);
  assert.equal((await isOk()).examined, 4);
  await admin.query(`
    create table "Orders" ("Item" int references items, day date references items (day));
    create table pairs (a smallint, b text, foreign key (a, b) references items (id, code))
      partition by list (a);
    create table pairs_1 partition of pairs for values in (1)`);
  const [narrow, pair, other] = await finds([
    '"Orders_Item_fkey" on public."Orders"',
    'pairs_a_b_fkey on public.pairs',
    '"Orders_day_fkey" on public."Orders"',
  ]);
  assert.equal(narrow?.severity, 'warning');
  assert.equal(
    narrow.summary,
    'public."Orders"."Item" is integer and refers to public.items.id, which is bigint: ' +
      'it cannot refer beyond 2,147,483,647',
  );
  assert.equal(pair?.evidence['largest_number'], 32767);
  assert.equal(other?.severity, 'info');
  await admin.query(`
    drop table pairs;
    alter table "Orders" alter "Item" type bigint, drop day`);
  await isOk();
});
