// Minimal WAL is found; replica and logical are both enough.
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('wal-level', {}, async ({ admin, server, session, isOk, finds }) => {
  await isOk();
  await alterSystem(admin, { wal_level: 'minimal', max_wal_senders: '0' });
  await server.restart();
  await finds(['wal_level']);

  await alterSystem(await session(), { wal_level: 'logical', max_wal_senders: null });
  await server.restart();
  await isOk();
});
