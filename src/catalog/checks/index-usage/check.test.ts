// A large share of unread index space is told once for the database, small ones are not.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { startCounting, untilCounted } from '../../../../test/harness/index-counters.ts';

const id = 'index-usage';
const low = { min_window: 0, unscanned_size: 0 };

checkTest(id, {}, async ({ admin, session, isOk, finds, skips }) => {
  await admin.query('create table orders (id bigint primary key, customer text, note text)');
  await skips('nothing-to-examine', { thresholds: low });
  await admin.query(`
    create index orders_customer on orders (customer);
    create index orders_note on orders (note)`);
  await startCounting(admin);
  const [found] = await finds(['app'], { thresholds: low });
  assert.equal(found?.severity, 'info');
  assert.match(found.summary, /^2 indexes of 2 \(16 kB of 16 kB, 100 %\) were not scanned/);
  await isOk({ thresholds: { min_window: 0 } });
  await skips('cannot-tell');

  const reader = await session({ settings: { enable_seqscan: 'off' } });
  await reader.query(`select from orders where customer = '7'`);
  await reader.end();
  await untilCounted(admin, {
    view: 'pg_stat_all_indexes',
    relation: 'orders_customer',
    condition: 'idx_scan > 0',
  });
  const half = { ...low, unscanned_percent: 50 };
  const [one] = await finds(['app'], { thresholds: half });
  assert.equal(one?.evidence['unscanned_indexes'], 1);
  await isOk({ thresholds: { ...half, unscanned_percent: 51 } });
});
