// Rows in a default partition are found by statistics, and the partition they block is refused.
import assert from 'node:assert/strict';
import type pg from 'pg';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';

const id = 'partition-default-rows';

function untilCounted(admin: pg.Client, table: string, count: number) {
  const sql = `select from pg_stat_all_tables where relname = $1 and n_live_tup = $2`;
  return until(
    `${table} has ${count} rows`,
    async () => (await admin.query(sql, [table, count])).rowCount === 1,
  );
}

checkTest(id, {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query(`
    create table events (at date) partition by range (at);
    create table events_1 partition of events for values from ('2025-01-01') to ('2025-02-01');
    create table "Rest" partition of events default;
    insert into events values ('2025-01-05')`);
  await isOk();
  await admin.query(`insert into events values ('2025-02-05'), ('2025-02-06')`);
  await untilCounted(admin, 'Rest', 2);
  const [found] = await finds(['public."Rest"']);
  assert.equal(found?.severity, 'warning');
  assert.equal(
    found.summary,
    'about 2 rows of public.events lie in its default partition public."Rest"',
  );
  await isOk({ thresholds: { min_rows: 3 } });
  const february = `for values from ('2025-02-01') to ('2025-03-01')`;
  await assert.rejects(
    admin.query(`create table events_2 partition of events ${february}`),
    /default partition/,
  );

  await admin.query('truncate "Rest"');
  await untilCounted(admin, 'Rest', 0);
  await isOk();
});

checkTest(id, { title: 'lists and levels' }, async ({ admin, finds }) => {
  await admin.query(`
    create table places (country text, id int) partition by list (country);
    create table others partition of places default partition by hash (id);
    create table others_0 partition of others for values with (modulus 2, remainder 0);
    create table others_1 partition of others for values with (modulus 2, remainder 1);
    insert into places select 'x', n from generate_series(1, 50) as n;
    analyze others_0, others_1`);
  const [found] = await finds(['public.others']);
  assert.equal(found?.severity, 'info');
  assert.equal(found.evidence['row_count'], 50);
});
