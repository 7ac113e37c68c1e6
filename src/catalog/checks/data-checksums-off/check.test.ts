// A cluster made without checksums is found; one made with them is not.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { checkTest, monitorRole } from '../../../../test/harness/check-scenario.ts';
import { connect, testServer } from '../../../../test/harness/servers.ts';
import { run } from '../../../adapters/embedded/owner.ts';

checkTest('data-checksums-off', {}, async ({ t, major, isOk, finds }) => {
  await isOk();
  const bare = await testServer(t, {
    major,
    prepare: async (data, { folder, owner }) => {
      const without = major >= 18 ? ['--no-data-checksums'] : [];
      const options = ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', ...without];
      await run(join(folder, 'bin', 'initdb'), options, owner);
    },
  });
  const admin = await connect(t, bare);
  await admin.query(`create role ${monitorRole} login`);
  const [found] = await finds(['data_checksums'], { server: bare, database: 'postgres' });
  assert.equal(found?.severity, 'info');
});
