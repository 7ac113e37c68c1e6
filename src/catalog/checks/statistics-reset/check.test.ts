// Young counters are told, and a reset makes them younger still.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';

const id = 'statistics-reset';

checkTest(id, {}, async ({ admin, isOk, finds }) => {
  const [fresh] = await finds(['app']);
  assert.equal(fresh?.severity, 'info');
  await isOk({ thresholds: { young: 0 } });

  const { rows } = await admin.query('select clock_timestamp()::text as before');
  await admin.query('select pg_stat_reset()');
  await until('the reset is stamped', async () => {
    const sql = `select 1 from pg_stat_database where datname = 'app' and stats_reset > $1`;
    return (await admin.query(sql, [rows[0].before])).rowCount === 1;
  });
  const [reset] = await finds(['app']);
  assert.notEqual(reset?.fingerprint, fresh.fingerprint);
  assert.ok(String(reset?.evidence['counted_since']) > String(fresh.evidence['counted_since']));
  // The shared counters alone do not make those of the database young.
  await admin.query(`select pg_stat_reset_shared('bgwriter')`);
  const [same] = await finds(['app']);
  assert.equal(same?.fingerprint, reset?.fingerprint);
});
