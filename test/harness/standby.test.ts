// A standby made by the harness streams what the primary commits, on every major.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, majors, testServer, until } from './servers.ts';
import { startStandby } from './standby.ts';

for (const major of majors) {
  test(`a standby of ${major} receives a row over its slot`, async (t) => {
    const primary = await testServer(t, { major });
    const writer = await connect(t, primary);
    await writer.query('create table orders as select 1 as id');

    const standby = await startStandby(t, primary, { application_name: 'east', slot: 'east' });
    const reader = await connect(t, standby);
    const { rows } = await reader.query('select pg_is_in_recovery() as is_in_recovery');
    assert.deepEqual(rows, [{ is_in_recovery: true }]);

    await writer.query('insert into orders values (2)');
    await until('the row of the primary is on the standby', async () => {
      const { rows: orders } = await reader.query('select id from orders order by id');
      return orders.length === 2;
    });
    const { rows: senders } = await writer.query(
      `select r.application_name, s.slot_name from pg_stat_replication as r
        join pg_replication_slots as s on s.active_pid = r.pid`,
    );
    assert.deepEqual(senders, [{ application_name: 'east', slot_name: 'east' }]);
  });
}
