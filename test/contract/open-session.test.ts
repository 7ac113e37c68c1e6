// One inspection at a time: the turn outlives a statement that fails, and ends with the session.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSession } from '../../src/adapters/postgres/open-session.ts';
import { testClock } from '../harness/inspect-database.ts';
import { connect, testServer, until } from '../harness/servers.ts';

test('a statement that fails does not give the turn away', async (t) => {
  const server = await testServer(t, { major: 17 });
  const admin = await connect(t, server);
  const turns = async () => {
    const sql = `select count(*)::int as n from pg_locks where locktype = 'advisory' and granted`;
    return Number((await admin.query(sql)).rows[0].n);
  };
  const session = await openSession({
    connect: () => connect(t, server, { application_name: 'pgrunbook' }),
    functions: [],
    clock: testClock,
  });
  assert.equal(await turns(), 1);
  const [runner] = session.runners;
  const failing = { sql: 'select 1 / 0', values: [], row_limit: 1, timeout_ms: 5_000 };
  const failed = await runner?.run(failing);
  assert.equal(failed?.status, 'failed');
  assert.equal(await turns(), 1);
  const answered = await runner?.run({ ...failing, sql: 'select 1 as one' });
  assert.equal(answered?.status, 'ok');
  await session.close();
  await until('the turn is free', async () => (await turns()) === 0);
});
