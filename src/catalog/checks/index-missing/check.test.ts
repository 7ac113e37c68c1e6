// A table that is read from end to end between two samples is found, until an index serves it.
import assert from 'node:assert/strict';
import type pg from 'pg';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { untilCounted } from '../../../../test/harness/index-counters.ts';

const id = 'index-missing';
const thresholds = {
  min_size: 65_536,
  min_rows_per_scan: 1_000,
  min_rows_per_s: 1,
  // However fast the machine reads.
  warning_rows_per_s: 1e12,
};

async function readTwentyTimes(session: pg.Client) {
  for (let n = 0; n < 20; n += 1) {
    await session.query(`select from "Orders" where customer = 'customer ${n}'`);
  }
}

checkTest(id, {}, async ({ admin, session, sample, isOk, finds, skips }) => {
  await admin.query(`
    create table "Orders" (id bigint primary key, customer text);
    insert into "Orders" select n, 'customer ' || n from generate_series(1, 5000) as n;
    analyze "Orders"`);
  const look = { thresholds };
  await skips('needs-history', look);
  const first = await sample(look);
  // Nobody has read it since.
  await isOk({ ...look, previous: first });

  const reader = await session();
  await readTwentyTimes(reader);
  await reader.end();
  const relation = 'Orders';
  await untilCounted(admin, { view: 'pg_stat_all_tables', relation, condition: 'seq_scan >= 20' });
  // On 14 the scan that built the primary key may be counted late.
  const [found] = await finds(['public."Orders"'], { ...look, previous: first });
  assert.equal(found?.severity, 'info');
  assert.match(found.summary, /read sequentially 2\d times in .*, [45],\d+ rows each time$/);
  const dear = { ...thresholds, warning_rows_per_s: 1 };
  const [warning] = await finds(['public."Orders"'], { thresholds: dear, previous: first });
  assert.equal(warning?.severity, 'warning');
  // A table as small as this one is none by default.
  await skips('nothing-to-examine', { previous: await sample() });

  await admin.query('create index on "Orders" (customer)');
  await admin.query('analyze "Orders"');
  const second = await sample(look);
  const again = await session();
  await readTwentyTimes(again);
  await again.end();
  const index = 'Orders_customer_idx';
  const condition = 'idx_scan >= 20';
  await untilCounted(admin, { view: 'pg_stat_all_indexes', relation: index, condition });
  await isOk({ ...look, previous: second });
});

checkTest(id, { title: 'partitions, and counters that were reset' }, async (world) => {
  const { admin, session, sample, finds, skips } = world;
  await admin.query(`
    create table events (a int, b int) partition by range (a);
    create table events_1 partition of events for values from (0) to (2500);
    create table events_2 partition of events for values from (2500) to (6000);
    insert into events select n, n from generate_series(1, 5000) as n;
    analyze events`);
  const look = { thresholds };
  const previous = await sample(look);
  const reader = await session();
  for (let n = 0; n < 10; n += 1) await reader.query('select from events where b = 7');
  await reader.end();
  const view = 'pg_stat_all_tables';
  await untilCounted(admin, { view, relation: 'events_2', condition: 'seq_scan >= 10' });
  const [found] = await finds(['public.events'], { ...look, previous });
  assert.equal(found?.evidence['sequential_scans'], 20);

  const late = await sample(look);
  await admin.query('select pg_stat_reset()');
  await untilCounted(admin, { view, relation: 'events_2', condition: 'seq_scan < 10' });
  await skips('nothing-to-examine', { ...look, previous: late });
});
