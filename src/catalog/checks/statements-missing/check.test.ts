// Each step that is missing is told: the library, the extension, the identifiers.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';
import { until } from '../../../../test/harness/servers.ts';

const id = 'statements-missing';

checkTest(id, { title: 'not loaded' }, async ({ finds, admin }) => {
  const [found] = await finds(['pg_stat_statements']);
  assert.equal(found?.severity, 'info');
  assert.match(found.summary, /not in shared_preload_libraries/);
  await admin.query('create extension pg_stat_statements');
  await finds(['pg_stat_statements']);
});

const settings = { shared_preload_libraries: 'pg_stat_statements' };
checkTest(id, { settings, title: 'loaded' }, async ({ admin, session, finds, isOk }) => {
  const [found] = await finds(['pg_stat_statements']);
  assert.match(found?.summary ?? '', /not installed in database app$/);
  await admin.query('create extension pg_stat_statements');
  await isOk();
  await admin.query('alter system set compute_query_id = off');
  await admin.query('select pg_reload_conf()');
  await until('new sessions have no identifiers', async () => {
    const other = await session();
    const { rows } = await other.query('show compute_query_id');
    await other.end();
    return rows[0].compute_query_id === 'off';
  });
  const [without] = await finds(['pg_stat_statements']);
  assert.match(without?.summary ?? '', /^compute_query_id is off/);
});
