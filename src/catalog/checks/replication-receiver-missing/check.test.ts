// A standby whose primary is gone is found on the standby itself, and well again when it returns.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { connect, until } from '../../../../test/harness/servers.ts';
import { startStandby } from '../../../../test/harness/standby.ts';

const id = 'replication-receiver-missing';

checkTest(id, {}, async ({ t, admin, server, isOk, finds, skips }) => {
  await skips('needs-role');
  await admin.query('create role visitor login');
  const standby = await startStandby(t, server);
  const replica = await connect(t, standby);
  const untilReceivers = (count: number) =>
    until(`${count} receivers`, async () => {
      const sql = `select 1 from pg_stat_wal_receiver where status = 'streaming'`;
      return (await replica.query(sql)).rowCount === count;
    });
  await untilReceivers(1);
  await isOk({ server: standby });
  const [silent] = await finds(['WAL receiver'], {
    server: standby,
    thresholds: { silent_age: 0 },
  });
  assert.match(silent?.summary ?? '', /the primary has said nothing for/);
  await skips('needs-privilege', { server: standby, user: 'visitor' });

  await server.halt();
  await untilReceivers(0);
  const [found] = await finds(['WAL receiver'], { server: standby });
  assert.equal(found?.severity, 'critical');
  assert.match(found.summary, /this standby does not stream/);

  await server.restart();
  await untilReceivers(1);
  await isOk({ server: standby });
});

checkTest(id, { title: 'from an archive' }, async ({ t, server, finds, skips }) => {
  const restore_command = `cp ${server.data}/pg_wal/%f %p`;
  const archived = await startStandby(t, server, {
    settings: { restore_command, primary_conninfo: '' },
  });
  await skips('nothing-to-examine', { server: archived });

  const both = await startStandby(t, server, {
    settings: { restore_command, primary_conninfo: 'host=/nowhere' },
  });
  const [found] = await finds(['WAL receiver'], { server: both });
  assert.equal(found?.severity, 'warning');
  assert.match(found.summary, /may be restoring from the archive$/);
});
