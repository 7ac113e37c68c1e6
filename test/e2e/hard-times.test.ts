// Inspecting when things go wrong: nothing hangs, nothing crashes, nothing is made worse.
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pgrunbook } from '../harness/command.ts';
import { connect, testServer, until } from '../harness/servers.ts';
import { tcpProxy } from '../harness/tcp-proxy.ts';

function uri(port: number, database = 'postgres', user = 'postgres'): string {
  return `postgresql://${user}@127.0.0.1:${port}/${database}?sslmode=disable`;
}

interface Check {
  readonly id: string;
  readonly status: string;
  readonly reason_code?: string;
}

async function sessionsOf(admin: Awaited<ReturnType<typeof connect>>): Promise<number> {
  const sql = `select count(*)::int as n
    from pg_stat_activity where application_name = 'pgrunbook'`;
  return (await admin.query(sql)).rows[0].n;
}

test('an ACCESS EXCLUSIVE lock held or waited for does not stop an inspection', async (t) => {
  const server = await testServer(t, { major: 17, tcp: true });
  const admin = await connect(t, server);
  await admin.query(
    'create table locked (id int); insert into locked select generate_series(1, 9)',
  );
  const reader = await connect(t, server);
  await reader.query('begin; select * from locked');
  const migration = await connect(t, server);
  const altering = migration.query('alter table locked add column n int').catch(() => undefined);
  await until('the ALTER waits', async () => {
    const { rowCount } = await admin.query('select 1 from pg_locks where not granted');
    return (rowCount ?? 0) > 0;
  });
  const { stdout, stderr } = await pgrunbook(['check', uri(server.port), '-o', 'json']);
  const { checks } = JSON.parse(stdout) as { checks: Check[] };
  assert.deepEqual(
    checks.filter(({ status }) => status === 'failed'),
    [],
    stderr,
  );
  assert.ok(checks.some(({ id, status }) => id === 'blocked-sessions' && status !== 'skipped'));
  await reader.query('commit');
  await altering;
  assert.equal(await sessionsOf(admin), 0);
});

test('a wrong password is denied at once, with one attempt for one login', async (t) => {
  const server = await testServer(t, { major: 17, tcp: true });
  const admin = await connect(t, server);
  await admin.query(`create role app login password 'right'`);
  const rules = 'host all all 127.0.0.1/32 scram-sha-256\nlocal all all trust\n';
  await writeFile(join(server.data, 'pg_hba.conf'), rules);
  await admin.query('select pg_reload_conf()');
  await until('the rules are in force', async () => server.log().includes('SIGHUP'));
  const { status, stderr, stdout } = await pgrunbook(
    ['check', uri(server.port, 'postgres', 'app')],
    {
      env: { PGPASSWORD: 'wrong' },
    },
  );
  assert.equal(status, 4);
  assert.match(stdout + stderr, /denied\/authentication/);
  assert.doesNotMatch(stdout + stderr, /wrong'|"wrong/);
  assert.equal(server.log().split('password authentication failed').length - 1, 1);
});

test('a dead network ends in unreachable within its limit', async (t) => {
  const server = await testServer(t, { major: 17, tcp: true });
  const proxy = await tcpProxy(t, server);
  proxy.goSilent();
  const { status, stdout } = await pgrunbook(['check', `${uri(proxy.port)}&connect_timeout=2`]);
  assert.equal(status, 3);
  assert.match(stdout, /unreachable\//);
});

test('the deadline holds for connecting, too', async (t) => {
  const server = await testServer(t, { major: 17, tcp: true });
  const proxy = await tcpProxy(t, server);
  proxy.goSilent();
  const { status, stdout } = await pgrunbook(['check', uri(proxy.port), '--deadline', '1s'], {
    // Killed at this limit, it would have no status: an address alone may take ten seconds.
    limit_ms: 8_000,
  });
  assert.equal(status, 3);
  assert.match(stdout, /unreachable\//);
});

test('a PgBouncer console that is down says nothing about the server', async (t) => {
  const server = await testServer(t, { major: 17 });
  const file = join(server.host, '..', `console-${process.pid}.yaml`);
  const connection = `host=${server.host} port=${server.port} user=postgres dbname=postgres`;
  await writeFile(
    file,
    `targets:\n  one: { connection: "${connection}", pgbouncer: "host=127.0.0.1 port=1" }\n`,
  );
  t.after(() => rm(file));
  const args = ['check', 'one', '--config', file, '-o', 'json', '--only', 'pool-wait,superusers'];
  const { status, stdout, stderr } = await pgrunbook(args);
  assert.ok(status === 0 || status === 1, stderr);
  const { checks } = JSON.parse(stdout) as { checks: Check[] };
  assert.equal(checks.find(({ id }) => id === 'pool-wait')?.status, 'failed');
  assert.notEqual(checks.find(({ id }) => id === 'superusers')?.status, 'failed');
});

test('a network that dies in the middle leaves what was found, and exits 3', async (t) => {
  const server = await testServer(t, { major: 17, tcp: true });
  const proxy = await tcpProxy(t, server);
  const admin = await connect(t, server);
  proxy.delay(20);
  const { status, stdout } = await pgrunbook(['check', uri(proxy.port), '-o', 'json'], {
    during: async () => {
      await until('the inspection is at work', async () => (await sessionsOf(admin)) === 2);
      proxy.reset();
    },
  });
  assert.equal(status, 3);
  const { checks } = JSON.parse(stdout) as { checks: Check[] };
  assert.ok(checks.some(({ reason_code }) => reason_code === 'unreachable'));
});

test('a network that falls silent in the middle ends within limits, with a report', async (t) => {
  const server = await testServer(t, { major: 17, tcp: true });
  const proxy = await tcpProxy(t, server);
  const admin = await connect(t, server);
  proxy.delay(20);
  const { status, stdout } = await pgrunbook(
    ['check', uri(proxy.port), '-o', 'json', '--deadline', '2s'],
    {
      limit_ms: 40_000,
      during: async () => {
        await until('the inspection is at work', async () => (await sessionsOf(admin)) === 2);
        proxy.goSilent();
      },
    },
  );
  assert.equal(status, 3);
  assert.ok((JSON.parse(stdout) as { checks: Check[] }).checks.length >= 80);
});

test('one session that is ended by an administrator costs one lane and no check', async (t) => {
  const server = await testServer(t, { major: 17, tcp: true });
  const proxy = await tcpProxy(t, server);
  const admin = await connect(t, server);
  proxy.delay(10);
  const { stdout } = await pgrunbook(['check', uri(proxy.port), '-o', 'json'], {
    during: async () => {
      await until('the inspection is at work', async () => (await sessionsOf(admin)) === 2);
      await admin.query(`select pg_terminate_backend(max(pid)) from pg_stat_activity
        where application_name = 'pgrunbook'`);
    },
  });
  const { checks } = JSON.parse(stdout) as { checks: Check[] };
  assert.deepEqual(
    checks.filter((check) => check.status === 'failed'),
    [],
  );
});

test('limits that a role brings along do not end its inspection', async (t) => {
  const server = await testServer(t, { major: 18, tcp: true });
  const admin = await connect(t, server);
  await admin.query('create role hurried login in role pg_monitor');
  for (const limit of ['transaction_timeout', 'statement_timeout', 'lock_timeout']) {
    await admin.query(`alter role hurried set ${limit} = '150ms'`);
  }
  await admin.query(`alter role hurried set work_mem = '64kB'`);
  await admin.query(`alter role hurried set search_path = 'nowhere'`);
  const target = uri(server.port, 'postgres', 'hurried');
  const { stdout } = await pgrunbook(['check', target, '-o', 'json']);
  const { checks } = JSON.parse(stdout) as { checks: Check[] };
  assert.deepEqual(
    checks.filter((check) => check.status === 'failed'),
    [],
  );
});

test('a server that is stopped in the middle ends in 3, and no check is lost', async (t) => {
  const server = await testServer(t, { major: 16, tcp: true });
  const proxy = await tcpProxy(t, server);
  const admin = await connect(t, server);
  proxy.delay(20);
  const { status, stdout } = await pgrunbook(['check', uri(proxy.port), '-o', 'json'], {
    during: async () => {
      await until('the inspection is at work', async () => (await sessionsOf(admin)) === 2);
      await server.halt('immediate');
    },
  });
  assert.equal(status, 3);
  const { checks } = JSON.parse(stdout) as { checks: Check[] };
  assert.ok(checks.length >= 80);
});

test('a role with one connection left is inspected over one', async (t) => {
  const server = await testServer(t, { major: 17, tcp: true });
  const admin = await connect(t, server);
  await admin.query('create role narrow login connection limit 1 in role pg_monitor');
  const { status, stdout } = await pgrunbook([
    'check',
    uri(server.port, 'postgres', 'narrow'),
    '-o',
    'json',
  ]);
  assert.ok(status === 0 || status === 1);
  const { checks } = JSON.parse(stdout) as { checks: Check[] };
  assert.deepEqual(
    checks.filter(({ status: one }) => one === 'failed'),
    [],
  );
});

test('a second inspection of a database waits its turn, then is refused', async (t) => {
  const server = await testServer(t, { major: 17, tcp: true });
  const other = await connect(t, server);
  await other.query('begin');
  await other.query('select pg_advisory_xact_lock($1::bigint)', [0x70677262]);
  const { status, stdout } = await pgrunbook(['check', uri(server.port)]);
  assert.equal(status, 6);
  assert.match(stdout, /refused\/busy/);
});

test('50 databases are inspected at once, over at most two connections each', async (t) => {
  const server = await testServer(t, {
    major: 17,
    tcp: true,
    settings: { max_connections: '150' },
  });
  const admin = await connect(t, server);
  for (let n = 1; n <= 50; n += 1) await admin.query(`create database d${n}`);
  const targets = Array.from({ length: 50 }, (_, index) => uri(server.port, `d${index + 1}`));
  let most = 0;
  let isOver = false;
  const { stdout } = await pgrunbook(
    ['check', ...targets, '--jobs', '50', '--fast', '-o', 'json', '--fail-on', 'never'],
    {
      during: async (command) => {
        const watch = async () => {
          while (!isOver) {
            most = Math.max(most, await sessionsOf(admin));
            isOver = command.stdout() !== '';
          }
        };
        await watch();
      },
    },
  );
  const report = JSON.parse(stdout) as { targets: { checks?: Check[] }[] };
  assert.equal(report.targets.length, 50);
  for (const { checks = [] } of report.targets) {
    assert.ok(checks.length >= 80);
    assert.deepEqual(
      checks.filter(({ status }) => status === 'failed'),
      [],
    );
  }
  assert.ok(most > 10 && most <= 100, `${most} sessions`);
  assert.equal(await sessionsOf(admin), 0);
});
