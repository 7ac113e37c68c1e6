// Indexes that outweigh the rows are found; what is kept in TOAST counts as rows.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'index-larger-than-table';
const small = { thresholds: { min_size: 65_536 } };

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine', small);
  await admin.query(`
    create table "Pairs" (a int, b int);
    insert into "Pairs" select n, n from generate_series(1, 5000) as n;
    create index on "Pairs" (a);
    analyze "Pairs"`);
  await isOk(small);
  await skips('nothing-to-examine');
  await admin.query(`
    create index on "Pairs" (b); create index on "Pairs" (b, a); create index on "Pairs" (a, b)`);
  const [found] = await finds(['public."Pairs"'], small);
  assert.equal(found?.severity, 'info');
  assert.match(found.summary, /^4 indexes of public."Pairs" take \d+ kB, its rows \d+ kB$/);
  await isOk({ thresholds: { ...small.thresholds, ratio: 10 } });
});

checkTest(id, { title: 'TOAST, partitions' }, async ({ admin, isOk, finds }) => {
  // The rows are in TOAST, but for a page or two.
  await admin.query(`
    create table documents (id int, body text);
    alter table documents alter column body set storage external;
    insert into documents select n, repeat(md5(n::text), 100) from generate_series(1, 300) as n;
    create index on documents (md5(body), md5(body || 1), md5(body || 2), md5(body || 3));
    create index on documents (md5(body || 4), md5(body || 5), md5(body || 6))`);
  await admin.query('vacuum documents');
  await isOk({ thresholds: { min_size: 8_192 } });

  await admin.query(`
    create table events (a int, b int) partition by range (a);
    create table events_1 partition of events for values from (0) to (2500);
    create table events_2 partition of events for values from (2500) to (6000);
    insert into events select n, n from generate_series(1, 5000) as n;
    create index on events (a, b); create index on events (b, a); create index on events (b);
    create index on events (a);
    analyze events`);
  await finds(['public.events'], small);
});
