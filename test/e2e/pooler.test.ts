// `pgrunbook check` through PgBouncer in transaction mode: it works and leaves nothing in the pool.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pgrunbook } from '../harness/command.ts';
import { startPgbouncer, withoutPgbouncer } from '../harness/pgbouncer.ts';
import { connect, testServer } from '../harness/servers.ts';

test('an inspection through a pooler in transaction mode', {
  skip: withoutPgbouncer,
}, async (t) => {
  const server = await testServer(t, { major: 17 });
  const admin = await connect(t, server);
  await admin.query('create database app');
  const bouncer = await startPgbouncer(t, server, {
    pool_mode: 'transaction',
    default_pool_size: '2',
  });
  const target = `host=${bouncer.host} port=${bouncer.port} dbname=app user=someone`;
  const pooledPids = async () => {
    const sql = `select pid from pg_stat_activity where datname = 'app'`;
    return (await admin.query<{ pid: number }>(sql)).rows.map(({ pid }) => pid);
  };
  const first = await connect(t, bouncer, { database: 'app', user: 'someone' });
  await first.query('select 1');
  const [before] = await pooledPids();
  for (const round of [1, 2]) {
    const { status, stdout, stderr } = await pgrunbook(['check', target, '-o', 'json']);
    assert.ok(status === 0 || status === 1, `round ${round}: ${stderr}`);
    const { checks } = JSON.parse(stdout) as { checks: { id: string; status: string }[] };
    assert.deepEqual(
      checks.filter((check) => check.status === 'failed'),
      [],
    );
  }
  // We leave between two transactions, so the pooler can go on with the same server connection.
  assert.ok((await pooledPids()).includes(before ?? 0));
  const locks = `select count(*)::int as n from pg_locks where locktype = 'advisory'`;
  assert.equal((await admin.query(locks)).rows[0].n, 0);
  const open = `select count(*)::int as n
    from pg_stat_activity where datname = 'app' and state <> 'idle'`;
  assert.equal((await admin.query(open)).rows[0].n, 0);
  // The pool's own sessions keep none of our settings.
  const pooled = await connect(t, bouncer, { database: 'app', user: 'someone' });
  const { rows } = await pooled.query(
    `select current_setting('search_path') as path, current_setting('statement_timeout') as wait`,
  );
  assert.deepEqual(rows, [{ path: '"$user", public', wait: '0' }]);
});

test('a pool of a single connection is enough', { skip: withoutPgbouncer }, async (t) => {
  const server = await testServer(t, { major: 17 });
  const admin = await connect(t, server);
  await admin.query('create database app');
  const bouncer = await startPgbouncer(t, server, {
    pool_mode: 'transaction',
    default_pool_size: '1',
  });
  const target = `host=${bouncer.host} port=${bouncer.port} dbname=app user=someone`;
  const { status, stdout, stderr } = await pgrunbook(['check', target, '-o', 'json']);
  assert.ok(status === 0 || status === 1, stderr);
  const { checks } = JSON.parse(stdout) as { checks: { status: string }[] };
  assert.deepEqual(
    checks.filter((check) => check.status === 'failed'),
    [],
  );
});
