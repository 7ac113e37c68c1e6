// A page that was changed on disk is found once somebody has read it.
import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { checkTest, monitorRole } from '../../../../test/harness/check-scenario.ts';
import { connect, testServer, until } from '../../../../test/harness/servers.ts';
import { run } from '../../../adapters/embedded/owner.ts';

const id = 'checksum-failures';

checkTest(id, {}, async ({ admin, server, session, isOk, finds }) => {
  await admin.query('create table orders as select generate_series(1, 100) as id');
  await admin.query('checkpoint');
  const { rows } = await admin.query(`select pg_relation_filepath('orders') as path`);
  await isOk();
  await server.halt();

  const file = await open(join(server.data, String(rows[0].path)), 'r+');
  await file.write('damaged', 8_000);
  await file.close();
  await server.restart();
  const reader = await session();
  await assert.rejects(reader.query('select count(*) from orders'), /invalid page/);
  await until('the failure is counted', async () => {
    const sql = 'select 1 from pg_stat_database where checksum_failures > 0';
    return (await reader.query(sql)).rowCount === 1;
  });
  const [critical] = await finds(['app']);
  assert.equal(critical?.severity, 'critical');
  assert.match(critical.summary, /^1 page read of app failed the checksum, the last/);
  const [old] = await finds(['app'], { thresholds: { critical_age: 0 } });
  assert.equal(old?.severity, 'warning');

  await reader.query('select pg_stat_reset()');
  await until('the count starts anew', async () => {
    const sql = `select 1 from pg_stat_database where checksum_failures > 0`;
    return (await reader.query(sql)).rowCount === 0;
  });
  await isOk();
});

checkTest(id, { title: 'no checksums', majors: [17] }, async ({ t, major, skips }) => {
  const bare = await testServer(t, {
    major,
    prepare: async (data, { folder, owner }) => {
      const options = ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync'];
      await run(join(folder, 'bin', 'initdb'), options, owner);
    },
  });
  await (await connect(t, bare)).query(`create role ${monitorRole} login`);
  await skips('nothing-to-examine', { server: bare, database: 'postgres' });
});
