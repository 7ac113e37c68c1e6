// The root of partitions must be analyzed by hand, however well its partitions are.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { liveRows } from '../../../../test/harness/table-statistics.ts';

checkTest('statistics-partitioned-parent', {}, async ({ admin, isOk, finds, skips }) => {
  await admin.query(`
    create table "Events" (id int, at date) partition by range (id);
    create table events_1 partition of "Events" for values from (0) to (1000);
    create table events_2 partition of "Events" for values from (1000) to (9000)
      partition by range (id);
    create table events_2_1 partition of events_2 for values from (1000) to (9000)`);
  await skips('nothing-to-examine');
  await admin.query('insert into "Events" select i from generate_series(500, 1499) i');
  await liveRows(admin, 'events_1', 500);
  await liveRows(admin, 'events_2_1', 500);
  await admin.query('analyze events_1; analyze events_2_1');
  const [found] = await finds(['public."Events"']);
  assert.match(found?.summary ?? '', /\(1,000 rows in 2 partitions\) was never analyzed/);
  await isOk({ thresholds: { min_rows: 1001 } });
  await admin.query('analyze "Events"');
  await isOk();
  await admin.query('insert into "Events" select 2000 from generate_series(1, 501) i');
  await liveRows(admin, 'events_2_1', 1001);
  const [grown] = await finds(['public."Events"']);
  assert.match(grown?.summary ?? '', /had 1,000 rows when it was analyzed; now it has 1,501/);
  await admin.query('analyze "Events"');
  await isOk();
});
