// Archiving that is off, or on without a method, is found; a streaming archiver is one.
import assert from 'node:assert/strict';
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { startStandby, untilStreaming } from '../../../../test/harness/standby.ts';

const id = 'wal-archiving-off';

checkTest(id, {}, async (world) => {
  const { admin, server, session, isOk, finds, skips } = world;
  const [off] = await finds(['archive_mode']);
  assert.equal(off?.severity, 'warning');
  await skips('needs-configuration', { baselines: { has_managed_backup: true } });
  await admin.query('create role visitor login');
  await skips('needs-privilege', { user: 'visitor' });

  await admin.query('alter system set archive_mode = on');
  await server.restart();
  const [idle] = await finds(['archive_command']);
  assert.equal(idle?.severity, 'critical');

  await alterSystem(await session(), { archive_command: 'true' });
  await isOk();
});

checkTest(id, { title: 'streaming archiver' }, async ({ t, admin, server, isOk, finds }) => {
  const standby = await startStandby(t, server, { application_name: 'pg_receivewal' });
  await untilStreaming(admin);
  await isOk();
  // A standby that streams is no archive.
  await finds(['archive_mode'], { thresholds: { streaming_archivers: [] } });
  await standby.halt();
});
