// The console runner against a real PgBouncer: only SHOW, never for long, and never a throw.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openConsole } from '../../src/adapters/postgres/pgbouncer-console.ts';
import { startPgbouncer, withoutPgbouncer } from '../harness/pgbouncer.ts';
import { connect, majors, testServer } from '../harness/servers.ts';

const skip = withoutPgbouncer;
const quick = { values: [], row_limit: 100, timeout_ms: 5_000 };

test('several SHOW commands answer with rows that name their command', { skip }, async (t) => {
  const { runner } = await open(t);
  const result = await runner.run({
    ...quick,
    sql: '-- two commands\n\nshow databases\nshow pools\n',
  });
  assert.equal(result.status, 'ok');
  const commands = new Set(result.status === 'ok' ? result.rows.map(({ command }) => command) : []);
  assert.deepEqual([...commands], ['show databases', 'show pools']);
  const short = await runner.run({ ...quick, sql: 'show config', row_limit: 3 });
  assert.ok(short.status === 'ok' && short.truncated && short.rows.length === 3);
});

test('nothing but SHOW goes through, and the console lives on', { skip }, async (t) => {
  const { runner } = await open(t);
  for (const sql of ['pause', 'show pools; shutdown', 'show pools\nkill app', 'SHUTDOWN']) {
    const result = await runner.run({ ...quick, sql });
    assert.equal(result.status, 'failed', sql);
  }
  const unknown = await runner.run({ ...quick, sql: 'show nonsense' });
  assert.equal(unknown.status, 'unsupported');
  const result = await runner.run({ ...quick, sql: 'show version' });
  assert.equal(result.status, 'ok');
});

test('a console that stops answering is given up at its limit', { skip }, async (t) => {
  const { runner, bouncer } = await open(t);
  process.kill(bouncer.pid, 'SIGSTOP');
  try {
    const first = await runner.run({ ...quick, sql: 'show pools', timeout_ms: 100 });
    assert.equal(first.status, 'timed-out');
    assert.ok(first.duration_ms < 2_000);
  } finally {
    process.kill(bouncer.pid, 'SIGCONT');
  }
  // The late answer must not be taken for this one's.
  const second = await runner.run({ ...quick, sql: 'show databases' });
  assert.equal(second.status, 'timed-out');
});

test('a console that is not there is a reason, not an exception', async () => {
  const runner = await openConsole(() => Promise.reject(new Error('connect ECONNREFUSED')));
  const result = await runner.run({ ...quick, sql: 'show pools' });
  assert.equal(result.status, 'unreachable');
  await runner.close();
});

async function open(t: TestContext) {
  const server = await testServer(t, { major: majors.at(-1) ?? 18 });
  const bouncer = await startPgbouncer(t, server);
  const runner = await openConsole(() =>
    connect(t, bouncer, { database: 'pgbouncer', user: 'console' }),
  );
  t.after(() => runner.close());
  return { runner, bouncer };
}
