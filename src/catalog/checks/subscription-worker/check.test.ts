// A subscription whose worker is gone is found; a disabled one is somebody's decision.
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { connect, testServer, until } from '../../../../test/harness/servers.ts';

const id = 'subscription-worker';

async function publisherOf(t: TestContext, major: number) {
  const publisher = await testServer(t, { major, settings: { wal_level: 'logical' } });
  const there = await connect(t, publisher);
  await there.query('create table orders (id int primary key)');
  await there.query('create publication everything for all tables');
  return { publisher, there };
}

checkTest(id, {}, async ({ t, major, admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  const { publisher } = await publisherOf(t, major);
  await admin.query('create table orders (id int primary key)');
  const conninfo = `host=${publisher.host} port=${publisher.port} user=postgres dbname=postgres`;
  await admin.query(
    `create subscription "From Shop" connection '${conninfo}' publication everything
      with (slot_name = 'from_shop')`,
  );
  const untilWorkers = (count: number) =>
    until(`${count} workers`, async () => {
      const sql = `select 1 from pg_stat_subscription where pid is not null and relid is null
        and last_msg_receipt_time is not null`;
      return (await admin.query(sql)).rowCount === count;
    });
  await untilWorkers(1);
  await isOk();
  const [silent] = await finds(['From Shop'], { thresholds: { silent_age: 0 } });
  assert.equal(silent?.severity, 'warning');

  await publisher.halt();
  await untilWorkers(0);
  const [dead] = await finds(['From Shop']);
  assert.equal(dead?.severity, 'critical');
  assert.match(dead.summary, /^subscription From Shop of database app is enabled and has no apply/);

  await admin.query('alter subscription "From Shop" disable');
  await skips('nothing-to-examine');
  await admin.query('create role visitor login');
  await skips('needs-privilege', { user: 'visitor' });
});

checkTest(
  id,
  { title: 'disabled by an error', majors: [15, 16, 17, 18] },
  async ({ t, major, admin, finds }) => {
    const { publisher, there } = await publisherOf(t, major);
    await admin.query('create table orders (id int primary key)');
    const conninfo = `host=${publisher.host} port=${publisher.port} user=postgres dbname=postgres`;
    await admin.query(
      `create subscription shop connection '${conninfo}' publication everything
        with (disable_on_error = true, copy_data = false)`,
    );
    await admin.query('insert into orders values (1)');
    await there.query('insert into orders values (1)');
    await until('it is disabled', async () => {
      const sql = `select 1 from pg_subscription s join pg_stat_subscription_stats e
        on e.subid = s.oid where not s.subenabled and e.apply_error_count > 0`;
      return (await admin.query(sql)).rowCount === 1;
    });
    const [found] = await finds(['shop']);
    assert.match(found?.summary ?? '', /disabled itself after an error \(1 error so far\)$/);
  },
);
