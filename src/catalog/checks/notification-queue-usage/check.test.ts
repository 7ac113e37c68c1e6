// A listener in an open transaction keeps the queue from being emptied.
import assert from 'node:assert/strict';
import { checkTest, type World } from '../../../../test/harness/check-scenario.ts';

const id = 'notification-queue-usage';

checkTest(id, {}, async (world) => {
  const { admin, isOk, finds } = world;
  await admin.query('create role stranger login');
  const low = { warning_percent: 0.001 };
  await isOk({ thresholds: low, user: 'stranger' });
  const listener = await fillBehindListener(world, 100_000);
  const [warning] = await finds(['server'], { thresholds: low });
  assert.equal(warning?.severity, 'warning');
  await isOk();
  await listener.query('commit');
  await notify(world, 1);
  await isOk({ thresholds: low });
});

checkTest(
  id,
  {
    title: 'defaults, with a small queue',
    majors: [17, 18],
    settings: { max_notify_queue_pages: '64' },
  },
  async (world) => {
    // Seven of these fit on a page: 34 of the 64 pages first, then 53.
    await fillBehindListener(world, 240_000);
    const [warning] = await world.finds(['server']);
    assert.equal(warning?.severity, 'warning');
    await notify(world, 130_000);
    const [critical] = await world.finds(['server']);
    assert.equal(critical?.severity, 'critical');
  },
);

async function fillBehindListener(world: World, size_bytes: number) {
  const listener = await world.session();
  await listener.query('listen orders');
  await listener.query('begin; select 1');
  await notify(world, size_bytes);
  return listener;
}

async function notify({ admin }: World, size_bytes: number): Promise<void> {
  const payload_bytes = 1_000;
  const sql = `select pg_notify('orders', repeat('x', $1::int) || i) from generate_series(1, $2) i`;
  await admin.query(sql, [payload_bytes, Math.ceil(size_bytes / payload_bytes)]);
}
