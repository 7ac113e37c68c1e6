// A pool is judged by what is checked out; idle sessions count only against its declared size.
import assert from 'node:assert/strict';
import { checkTest } from '../../../../test/harness/check-scenario.ts';

const id = 'pool-utilisation';
const pool = { application: 'shop-*', size: 2, overflow: 1, workers: 2, instances: 1 };
const declared = { baselines: { pools: [pool] } };

checkTest(id, {}, async ({ session, isOk, finds, skips }) => {
  const { reason } = await skips('needs-configuration');
  assert.match(reason ?? '', /baselines\.pools/);
  await skips('nothing-to-examine', declared);

  const names = ['shop-1', 'shop-2', 'shop-1', 'shop-2', 'shop-1', 'shop-2'];
  const open = await Promise.all(names.map((application_name) => session({ application_name })));
  // Six of six are open, and nobody uses them.
  await isOk(declared);

  for (const client of open.slice(0, 5)) await client.query('begin');
  const [warning] = await finds(['pool shop-*'], declared);
  assert.equal(warning?.severity, 'warning');
  assert.match(warning.summary, /^5 of 6 connections of pool shop-\* are checked out \(83\.3 %\)/);
  await open[5]?.query('begin');
  const [critical] = await finds(['pool shop-*'], declared);
  assert.equal(critical?.severity, 'critical');
  await isOk({ baselines: { pools: [{ ...pool, instances: 2 }] } });

  for (const client of open) await client.query('commit');
  await isOk(declared);
  await session({ application_name: 'shop-3' });
  const [leak] = await finds(['pool shop-*'], declared);
  assert.equal(leak?.severity, 'warning');
  assert.match(leak.summary, /has 7 sessions, more than the 6 it is declared to open/);
});
