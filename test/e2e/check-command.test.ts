// `pgrunbook check` as users and scripts run it: each major, each format, each exit status.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pgrunbook, run } from '../harness/command.ts';
import { connect, majors, testServer } from '../harness/servers.ts';
import { startStandby } from '../harness/standby.ts';

const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
const settings = { shared_preload_libraries: 'pg_stat_statements' };

function dsn({ host, port }: { host: string; port: number }, more = 'user=postgres'): string {
  return `host=${host} port=${port} dbname=postgres ${more}`;
}

for (const major of majors) {
  test(`JSON that scripts rely on, from PostgreSQL ${major}`, async (t) => {
    const server = await testServer(t, { major, settings });
    const admin = await connect(t, server);
    await admin.query('create table "no key" (id int)');
    const { status, stdout, stderr } = await pgrunbook(['check', dsn(server), '-o', 'json']);
    assert.equal(status, 1, stderr);
    assert.equal(stderr, '');
    const report = JSON.parse(stdout);
    assert.equal(report.schema, 1);
    assert.match(report.server_version, new RegExp(`^${major}\\.`));
    assert.match(report.target, /^postgres@/);
    assert.ok(report.checks.length >= 80);
    assert.equal(
      report.checks.filter((one: { status: string }) => one.status === 'failed').length,
      0,
    );
    for (const check of report.checks) {
      assert.match(check.status, /^(ok|finding|skipped|failed)$/);
      assert.equal(typeof check.examined, 'number');
      assert.equal(typeof check.duration_ms, 'number');
      if (check.status === 'skipped') assert.ok(check.reason.length > 5, check.id);
      if (check.status === 'ok') assert.ok(check.examined > 0, check.id);
    }
    const found = report.findings.find(
      (one: { check: string }) => one.check === 'table-no-primary-key',
    );
    assert.equal(found.object, 'public."no key"');
    assert.match(found.fingerprint, /^[0-9a-f]{16}$/);
    assert.match(found.next, /^pgrunbook /);
  });
}

test('a role with nothing but CONNECT gets an answer from every check', async (t) => {
  const server = await testServer(t, { major: 18, settings });
  const admin = await connect(t, server);
  await admin.query('create role stranger login');
  const { status, stdout, stderr } = await pgrunbook([
    'check',
    dsn(server, 'user=stranger'),
    '-o',
    'json',
  ]);
  assert.ok(status === 0 || status === 1, stderr);
  const { checks } = JSON.parse(stdout);
  const statuses = new Set(checks.map((one: { status: string }) => one.status));
  assert.ok(!statuses.has('failed'));
  const denied = checks.filter(
    (one: { reason_code?: string }) => one.reason_code === 'needs-privilege',
  );
  assert.ok(denied.length > 10);
  assert.match(denied[0].reason, /grant .* to "stranger"/);
});

test('a standby is told as one, and its checks answer', async (t) => {
  const primary = await testServer(t, { major: 17, settings });
  const standby = await startStandby(t, primary);
  const { stdout } = await pgrunbook(['check', dsn(standby), '-o', 'json']);
  const report = JSON.parse(stdout);
  assert.equal(report.in_recovery, true);
  const statuses = report.checks.map((one: { status: string }) => one.status);
  assert.ok(!statuses.includes('failed'));
  assert.ok(
    report.checks.some((one: { reason_code?: string }) => one.reason_code === 'needs-role'),
  );
});

test('every format is well-formed and says the same', async (t) => {
  const server = await testServer(t, { major: 17, settings });
  const admin = await connect(t, server);
  await admin.query('create table "<b>&\'x|y" (id int)');
  const only = ['--only', 'table-no-primary-key'];
  const output = async (format: string) =>
    (await pgrunbook(['check', dsn(server), '-o', format, ...only])).stdout;

  assert.match(await output('table'), /warning +table-no-primary-key/);
  assert.match(await output('markdown'), /\| table-no-primary-key \| public\./);
  const lines = (await output('ndjson'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual([...new Set(lines.map(({ type }) => type))], ['target', 'check', 'finding']);
  const sarif = JSON.parse(await output('sarif'));
  assert.equal(sarif.version, '2.1.0');
  assert.equal(sarif.runs[0].results[0].ruleId, 'table-no-primary-key');
  assert.equal(sarif.runs[0].results[0].level, 'warning');
  const junit = await output('junit');
  assert.match(junit, /<testsuite name="[^"]+" tests="1" failures="1"/);
  assert.match(junit, /&lt;b&gt;&amp;/);
  assert.doesNotMatch(junit, /<b>/);
  const nagios = await pgrunbook(['check', dsn(server), '-o', 'nagios', ...only]);
  assert.equal(nagios.status, 1);
  assert.match(nagios.stdout, /^PGRUNBOOK WARNING - .* \| 'time'=\d/);
  assert.equal(nagios.stdout.split('\n')[0]?.split('|').length, 2);
  const mistaken = await pgrunbook(['check', 'nowhere', '-o', 'nagios']);
  assert.equal(mistaken.status, 3);
  assert.match(mistaken.stdout, /^PGRUNBOOK UNKNOWN - pgrunbook: usage\/unknown-target/);
  const dead = await pgrunbook(['check', 'host=127.0.0.1 port=1', '-o', 'nagios']);
  assert.equal(dead.status, 2);
});

test('a mistake in the command line of a plugin is UNKNOWN, never CRITICAL', async () => {
  for (const asked of [['-o', 'nagios'], ['-onagios'], ['--output', 'nagios'], ['--output=nagios']])
    for (const mistake of [['--fail-on', 'x'], ['--no-such-option'], ['--explain', 'nothing']]) {
      const { status, stdout } = await pgrunbook(['check', ...asked, ...mistake]);
      assert.equal(status, 3);
      assert.match(stdout, /^PGRUNBOOK UNKNOWN - [^\n]+\n$/);
    }
});

test('names of tables do not steer the terminal or forge a line', async (t) => {
  const server = await testServer(t, { major: 18 });
  const admin = await connect(t, server);
  await admin.query(String.raw`create table U&"evil\001B]0;pwned\0007\001B[31mRED" (id int)`);
  await admin.query(String.raw`create table U&"two\000Alines" (id int)`);
  const args = ['check', dsn(server), '--only', 'table-no-primary-key', '--all'];
  for (const format of ['table', 'markdown', 'nagios', 'junit']) {
    const { stdout } = await pgrunbook([...args, '-o', format]);
    assert.doesNotMatch(stdout, /(?!\n)\p{Cc}/u, format);
    assert.match(stdout, /evil\\+x1b/, format);
    assert.match(stdout, /two\\+nlines/, format);
  }
  const { findings } = JSON.parse((await pgrunbook([...args, '-o', 'json'])).stdout);
  const objects = findings.map(({ object }: { object: string }) => object);
  assert.ok(objects.includes('public."two\nlines"'), String(objects));
});

test('colour is for terminals, unless NO_COLOR or FORCE_COLOR decide', async (t) => {
  const server = await testServer(t, { major: 17 });
  const admin = await connect(t, server);
  await admin.query('create table keyless (id int)');
  const isColored = async (env: Readonly<Record<string, string>>) => {
    const args = ['check', dsn(server), '--only', 'table-no-primary-key'];
    return (await pgrunbook(args, { env })).stdout.includes('\u001b[');
  };
  assert.equal(await isColored({}), false);
  assert.equal(await isColored({ FORCE_COLOR: '1' }), true);
  assert.equal(await isColored({ FORCE_COLOR: '0' }), false);
  assert.equal(await isColored({ FORCE_COLOR: '1', NO_COLOR: '1' }), false);
});

test('a reader that goes away is no error', async () => {
  const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
  const script = `"${process.execPath}" "${main}" check --list | head -1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await run('bash', ['-c', script], { limit_ms: 20_000 });
  assert.equal(stdout, 'connections\n0\n');
  assert.equal(stderr, '');
});

test('the exit status says how it went', async (t) => {
  const server = await testServer(t, { major: 16, tcp: true });
  const admin = await connect(t, server);
  await admin.query('create table keyless (id int)');
  const only = ['--only', 'table-no-primary-key'];
  const statusOf = async (...args: readonly string[]) =>
    (await pgrunbook(['check', ...args])).status;
  assert.equal(await statusOf(dsn(server), ...only), 1);
  assert.equal(await statusOf(dsn(server), ...only, '--fail-on', 'critical'), 0);
  assert.equal(await statusOf(dsn(server), '--only', 'no-such-check'), 2);
  assert.equal(await statusOf('--no-such-option'), 2);
  assert.equal(await statusOf('nowhere'), 2);
  assert.equal(await statusOf('host=127.0.0.1 port=1'), 3);
  await admin.query('create role limited login');
  await admin.query('revoke connect on database postgres from public');
  assert.equal(await statusOf(dsn(server, 'user=limited')), 4);
});

test('a target of the configuration brings its thresholds, and all means every one', async (t) => {
  const server = await testServer(t, { major: 17 });
  const admin = await connect(t, server);
  await admin.query('create table keyless (id int)');
  const file = join(tmpdir(), `pgrunbook-config-${process.pid}.yaml`);
  const connection = dsn(server);
  await writeFile(
    file,
    `targets:\n  one: { connection: "${connection}" }\n  two:
    connection: "host=${server.host} port=${server.port} dbname=template1 user=postgres"\n`,
  );
  const args = ['--config', file, '--only', 'table-no-primary-key', '-o', 'json'];
  const { stdout, status } = await pgrunbook(['check', 'all', ...args]);
  const { targets } = JSON.parse(stdout);
  assert.deepEqual(
    targets.map((one: { target: string }) => one.target),
    ['one', 'two'],
  );
  assert.equal(status, 1);
  const unknown = await pgrunbook(['check', 'tow', ...args]);
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /Did you mean two\?/);
});

test('--help, --list and --explain need no server', async () => {
  const help = await pgrunbook(['check', '--help']);
  assert.equal(help.status, 0);
  assert.match(help.stdout, /Examples:/);
  const list = await pgrunbook(['check', '--list']);
  assert.match(list.stdout, /^connections\n/);
  const explained = await pgrunbook(['check', '--explain', 'idle-in-transaction']);
  assert.match(explained.stdout, /^# Sessions idle in a transaction/);
});

test('a full disk under the output is told in one line', async () => {
  const shell = 'exec "$0" "$1" check --list > /dev/full';
  const { status, stderr } = await run('bash', ['-c', shell, process.execPath, main]);
  assert.equal(status, 7);
  assert.match(stderr, /^failed\/write: cannot write to standard output: ENOSPC.*\n$/);
});

test('a reader of the errors that goes away does not change the exit status', async () => {
  const shell = '{ "$0" "$1" check no-such-target; echo $?; } 2> >(exec 0<&-)';
  const { stdout } = await run('bash', ['-c', shell, process.execPath, main]);
  assert.equal(stdout, '2\n');
});
