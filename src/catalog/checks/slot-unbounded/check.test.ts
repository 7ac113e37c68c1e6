// A slot without a limit is found; a limit, or no slot, is fine.
import { alterSystem } from '../../../../test/harness/alter-system.ts';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

checkTest('slot-unbounded', {}, async ({ admin, isOk, finds, skips }) => {
  await skips('nothing-to-examine');
  await admin.query(`select pg_create_physical_replication_slot('east')`);
  await finds(['max_slot_wal_keep_size']);
  await alterSystem(admin, { max_slot_wal_keep_size: '1GB' });
  await isOk();
});
