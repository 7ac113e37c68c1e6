import { test } from 'node:test';
import { loadCatalog } from '../src/load-catalog.ts';
import { inspectDatabase } from './harness/inspect-database.ts';
import { makeLargeCatalog } from './harness/large-catalog.ts';
import { connect, testServer } from './harness/servers.ts';
const ids = 'statistics-never-analyzed statistics-stale statistics-partitioned-parent vacuum-insert-overdue table-bloat table-bloat-exact index-bloat index-bloat-exact toast-bloat catalog-bloat autovacuum-workers-busy vacuum-full-running statements-missing statements-evictions top-queries slow-queries queries-spilling query-budget cache-hit-ratio index-hit-ratio transaction-rate database-size backup-freshness'.split(' ');
test('time', async (t) => {
  const major = Number(process.env.M ?? 17);
  const catalog = await loadCatalog('test');
  const server = await testServer(t, { major, settings: { shared_preload_libraries: 'pg_stat_statements', max_locks_per_transaction: '256', archive_mode:'on', archive_command:'/bin/true' } });
  const postgres = await connect(t, server);
  await postgres.query('create role pgrunbook_monitor login in role pg_monitor');
  await postgres.query('create role stranger login');
  await postgres.query('create database large');
  const admin = await connect(t, server, { database: 'large' });
  for (const name of ['pg_stat_statements', 'pgstattuple']) await admin.query(`create extension ${name}`);
  await makeLargeCatalog(admin, { tables: 10_000, indexes_per_table: 3, partitions: 2000 });
  for (const user of ['pgrunbook_monitor', 'postgres', 'stranger']) for (const round of [1,2]) {
    const i = await inspectDatabase(t, server, { catalog: {...catalog, checks: catalog.checks.filter(c => ids.includes(c.check.id)).map(c => ({...c, check: {...c.check, needs: {...c.check.needs, history: false}}}))}, only: ids, user, database: 'large', baselines: { transactions_per_second: 1, disk_bytes: 1e12, queries: [{name:'a', like:'select%', mean_ms: 1}] } });
    if (round === 2) console.log(user + '\n' + i.checks.map(c => `${c.id} ${c.status} ${c.examined} ${c.duration_ms.toFixed(1)} ${c.reason ?? ''}`).join('\n'));
  }
});
