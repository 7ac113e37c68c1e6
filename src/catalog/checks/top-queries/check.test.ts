// The share is of what happened between the samples, by role, and not since the last reset.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const settings = { shared_preload_libraries: 'pg_stat_statements' };
const look = { thresholds: { min_time: 100, share_percent: 50 } };

checkTest('top-queries', { settings }, async ({ admin, session, isOk, finds, skips, sample }) => {
  await skips('needs-extension');
  await admin.query('create schema "Stats"; create extension pg_stat_statements schema "Stats"');
  await admin.query('create role "App 🐘" login');
  await skips('needs-history', look);
  // The view lies in a schema that the monitor role may not use yet.
  const denied = await skips('denied', { ...look, previous: new Map() });
  assert.match(denied.reason ?? '', /permission denied for schema Stats/);
  await admin.query('grant usage on schema "Stats" to pg_monitor');
  const app = await session({ user: 'App 🐘' });
  await app.query('select pg_sleep(0.3)');
  const before = await sample();
  await admin.query('select 1');
  // Its 300 ms were before the first sample.
  await isOk({ ...look, previous: before });
  await app.query('select pg_sleep(0.2)');
  await app.query('select pg_sleep(0.1)');
  const { rows } = await admin.query(
    `select queryid::text as id from "Stats".pg_stat_statements where query like '%pg_sleep%'`,
  );
  const [found] = await finds([`query ${rows[0].id} of App 🐘`], { ...look, previous: before });
  assert.match(found?.summary ?? '', /took [\d.]+ % of all execution time: 30\d ms in 2 calls/);
  assert.equal(found?.evidence['calls'], 2);
  await isOk({ previous: before });
  await skips('needs-privilege', { ...look, previous: before, user: 'App 🐘' });
});

checkTest('top-queries', { title: 'not preloaded', majors: [14, 18] }, async (world) => {
  await world.admin.query('create extension pg_stat_statements');
  const result = await world.skips('unsupported', { previous: new Map() });
  assert.match(result.reason ?? '', /shared_preload_libraries/);
});
