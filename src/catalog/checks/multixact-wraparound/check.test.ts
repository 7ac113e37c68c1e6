// Multixact ages are real: rows locked by two transactions at once use the ids up.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { freezeAll } from '../../../../test/harness/transaction-ids.ts';

const usable = 2 ** 31 - 3_000_000;

checkTest('multixact-wraparound', {}, async (world) => {
  const { admin, session, isOk, finds } = world;
  await admin.query('create table locked (id int primary key)');
  await admin.query('insert into locked values (1)');
  await isOk();
  const { rows } = await admin.query('select max(mxid_age(datminmxid)) as age from pg_database');
  const look = { thresholds: { warning_percent: (100 * (rows[0].age + 20)) / usable } };
  await isOk(look);

  const other = await session();
  for (let round = 0; round < 30; round += 1) {
    await other.query('begin; select * from locked for share');
    await admin.query('select * from locked for share');
    await other.query('commit');
  }
  const [found] = await finds(['app', 'postgres', 'template0', 'template1'], look);
  assert.equal(found?.severity, 'warning');
  assert.ok(Number(found.evidence['age_multixacts']) >= 20);

  await freezeAll(world);
  await finds(['template0'], look);
});
