import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { makeLargeCatalog } from './harness/large-catalog.ts';
import { connect, testServer } from './harness/servers.ts';
test('time', async (t) => {
  const server = await testServer(t, { major: 17, settings: { max_locks_per_transaction: '256' } });
  const admin = await connect(t, server);
  await makeLargeCatalog(admin, { tables: 10_000, indexes_per_table: 1, partitions: 2000 });
  await admin.query("set search_path=''; set jit=off; set max_parallel_workers_per_gather=0");
  for (const [id, v] of [['statistics-never-analyzed',[1000]],['statistics-stale',[10,1000,0]],['vacuum-insert-overdue',[2,1,0]],['statistics-partitioned-parent',[0,50]],['vacuum-overdue',[1,1000,0]],['dead-tuple-ratio',[1,10]],['catalog-bloat',[1,1e9]]] as const) {
    const sql = readFileSync(new URL(`../src/catalog/checks/${id}/query.sql`, import.meta.url), 'utf8');
    const times = [];
    for (let i = 0; i < 6; i++) { const s = performance.now(); await admin.query(sql, [...v]); times.push((performance.now() - s).toFixed(1)); }
    console.log(id, times.join(' '));
    if (id === 'statistics-partitioned-parent' || id==='vacuum-insert-overdue') { const { rows } = await admin.query('explain (analyze, costs off) ' + sql, [...v]); console.log(rows.map((r) => r['QUERY PLAN']).join('\n')); }
  }
});
