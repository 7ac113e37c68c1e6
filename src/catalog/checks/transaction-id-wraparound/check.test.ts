// Ages are real: the test uses up transaction ids, and freezing makes a database young again.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { burnTransactionIds, freezeAll } from '../../../../test/harness/transaction-ids.ts';

const id = 'transaction-id-wraparound';
const usable = 2 ** 31 - 3_000_000;

checkTest(id, {}, async (world) => {
  const { server, admin, isOk, finds } = world;
  await freezeAll(world);
  await isOk();
  const { rows } = await admin.query('select max(age(datfrozenxid)) as age from pg_database');
  // So that 3,000 transactions are enough to cross it.
  const warning_percent = (100 * (rows[0].age + 2_000)) / usable;
  const look = { thresholds: { warning_percent } };
  await isOk(look);

  await burnTransactionIds(admin, 3_000);
  const all = ['app', 'postgres', 'template0', 'template1'];
  const [found] = await finds(all, look);
  assert.equal(found?.severity, 'warning');
  assert.ok(Number(found.evidence['age_xids']) > 2_000);
  const [critical] = await finds(all, { thresholds: { warning_percent, critical_percent: 0 } });
  assert.equal(critical?.severity, 'critical');

  // template0 cannot be vacuumed by hand, and still ages: it must stay visible.
  await freezeAll(world);
  await finds(['template0'], look);
  assert.ok(server.pid > 0);
});
