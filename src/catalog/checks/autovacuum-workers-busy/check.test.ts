// A single worker held up by a slow vacuum is all of them; without autovacuum there is none.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';

const id = 'autovacuum-workers-busy';
const settings = { autovacuum_max_workers: '1', autovacuum_naptime: '1s' };
const atOnce = { thresholds: { warning_age: 0 } };

checkTest(id, { settings }, async ({ admin, isOk, finds, skips }) => {
  await isOk();
  // Of this table alone the vacuum pauses after each page, so that it is still there to be seen.
  await admin.query(`create table "Slow" (id int)
    with (autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1)`);
  await admin.query('insert into "Slow" select i from generate_series(1, 20000) as i');
  await admin.query('delete from "Slow" where id % 2 = 0');
  await until('a worker vacuums the table', async () => {
    const sql = `select from pg_stat_activity
      where backend_type = 'autovacuum worker' and query like '%VACUUM%Slow%'`;
    return (await admin.query(sql)).rowCount === 1;
  });
  const [found] = await finds(['autovacuum'], atOnce);
  assert.match(String(found?.evidence['tasks']), /VACUUM .*public\.Slow/);
  await isOk();
  await admin.query('drop table "Slow"');
  await admin.query('alter system set autovacuum = off');
  await admin.query('select pg_reload_conf()');
  await until('autovacuum is off', async () => {
    const { rows } = await admin.query('show autovacuum');
    return rows[0].autovacuum === 'off';
  });
  await skips('nothing-to-examine', atOnce);
});
