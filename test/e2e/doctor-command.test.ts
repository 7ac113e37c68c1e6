// `pgrunbook doctor` and `config`: the GRANTs it names are the ones that help.
import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pgrunbook, run } from '../harness/command.ts';
import { connect, majors, testServer } from '../harness/servers.ts';

for (const major of majors) {
  test(`carrying out what doctor says leaves nothing locked on ${major}`, async (t) => {
    const settings = { shared_preload_libraries: 'pg_stat_statements' };
    const server = await testServer(t, { major, settings });
    const admin = await connect(t, server);
    await admin.query('create role "Odd Näme" login');
    const target = `host=${server.host} port=${server.port} dbname=postgres user='Odd Näme'`;
    const ask = async () => {
      const { status, stdout, stderr } = await pgrunbook(['doctor', target, '-o', 'json']);
      assert.ok(status === 0 || status === 1, stderr);
      return { status, health: JSON.parse(stdout) };
    };
    const first = await ask();
    assert.equal(first.status, 1);
    assert.equal(first.health.role, 'Odd Näme');
    const statements: string[] = first.health.statements;
    assert.ok(statements.includes('grant pg_monitor to "Odd Näme"'));
    assert.ok(!statements.some((one) => /grant select/i.test(one)), 'never SELECT on tables');
    for (const statement of statements) await admin.query(statement);
    // A member of pg_monitor may see that a function or extension is missing, too.
    const second = await ask();
    for (const statement of second.health.statements) await admin.query(statement);
    const last = await ask();
    assert.equal(last.status, 0, JSON.stringify(last.health.statements));
    assert.ok(last.health.ready > first.health.ready + 10);
  });
}

test('doctor without a target tells of this machine', async () => {
  const { status, stdout } = await pgrunbook(['doctor']);
  assert.equal(status, 0);
  assert.match(stdout, /psql/);
  assert.match(stdout, /pgrunbook doctor TARGET/);
});

test('doctor and config explain take one target, and doctor needs none', async () => {
  for (const command of [['doctor'], ['config', 'explain']]) {
    const { status, stderr } = await pgrunbook([...command, 'all']);
    assert.equal(status, 2);
    assert.match(stderr, /^usage\/arguments: this command takes one target/);
  }
  const { stdout } = await pgrunbook(['doctor', '--help']);
  assert.match(stdout, /no database is looked at/);
  assert.doesNotMatch(stdout, /PG\* environment|every configured target/);
});

test('config explain says where each value came from, and no secret', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'pgrunbook-config-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(
    join(folder, 'pgrunbook.yaml'),
    `targets:
  prod:
    connection: "host=db1 dbname=orders"
    password: file:${join(folder, 'secret')}
    thresholds: { idle-in-transaction: { warning_age: 90s } }
`,
  );
  const explain = () =>
    pgrunbook(['config', 'explain', 'prod'], {
      cwd: folder,
      env: { PGUSER: 'monitor', PGAPPNAME: 'x' },
    });
  await writeFile(join(folder, 'secret'), 'hunter2\n');
  await chmod(join(folder, 'secret'), 0o644);
  const open = await explain();
  assert.equal(open.status, 4);
  assert.match(open.stderr, /denied\/secret.*others may read/);
  await chmod(join(folder, 'secret'), 0o600);
  const { status, stdout, stderr } = await explain();
  assert.equal(status, 0, stderr);
  assert.match(stdout, /host +db1 +DSN/);
  assert.match(stdout, /user +monitor +environment variable PGUSER/);
  assert.match(stdout, /idle-in-transaction\.warning_age +90 s +targets: prod, default 5 min/);
  assert.doesNotMatch(stdout + stderr, /hunter2/);
});

test('config explain shows all of a target: settings, baselines and defaults', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'pgrunbook-config-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(
    join(folder, 'pgrunbook.yaml'),
    `targets:
  prod:
    connection: "host=db1 dbname=orders"
    password: env:ORDERS_PASSWORD
    environment: production
    pgbouncer: "host=db1 port=6432 dbname=pgbouncer"
    exporter: http://db1:9187/metrics
    skip: [bloat, index-unused]
    thresholds: { idle-in-transaction: { warning_age: 90s } }
    baselines:
      memory: 4GB
      standbys: [second, third]
      managed_backup: true
      heartbeats: [{ table: public.audit, column: at, within: 1h }]
`,
  );
  const explain = (output: string) =>
    pgrunbook(['config', 'explain', 'prod', '-o', output], {
      cwd: folder,
      env: { ORDERS_PASSWORD: 'hunter2' },
    });
  const { status, stdout, stderr } = await explain('table');
  assert.equal(status, 0, stderr);
  for (const line of [
    /environment +production +targets: prod/,
    /password +env:ORDERS_PASSWORD +targets: prod/,
    /pgbouncer +host=db1 port=6432 dbname=pgbouncer +targets: prod/,
    /exporter +http:\/\/db1:9187\/metrics +targets: prod/,
    /skip +bloat, index-unused +targets: prod/,
    /memory +4(\.0)? GB +targets: prod/,
    /standbys +second, third +targets: prod/,
    /managed_backup +true +targets: prod/,
    /heartbeats\[0\] +table public\.audit, column at, within 1 h +targets: prod/,
    /^ {2}\d+ more at their defaults \(-o json lists them\)$/m,
  ]) {
    assert.match(stdout, line);
  }
  const json = await explain('json');
  const { thresholds, baselines } = JSON.parse(json.stdout);
  const unset = thresholds.filter(({ origin }: { origin: string }) => origin === 'default');
  assert.equal(unset.length, thresholds.length - 1);
  assert.match(stdout, new RegExp(` ${unset.length} more at`));
  assert.equal(baselines.length, 4);
  assert.doesNotMatch(stdout + stderr + json.stdout + json.stderr, /hunter2/);
});

test('completion offers what the words so far lead to', async () => {
  const { stdout } = await pgrunbook(['completion', 'bash']);
  const complete = async (...words: readonly string[]) => {
    const quoted = ['pgrunbook', ...words].map((word) => `'${word}'`).join(' ');
    const script = `${stdout}
COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}; _pgrunbook; echo "\${COMPREPLY[@]}"`;
    const {
      status,
      stdout: offered,
      stderr,
    } = await run('bash', ['-c', script], {
      limit_ms: 10_000,
    });
    assert.equal(stderr, '');
    assert.equal(status, 0, `completion of ${quoted} ended`);
    return offered.trim();
  };
  assert.equal(await complete('che'), 'check');
  assert.match(await complete('check', 'prod', '--output', ''), /^table json ndjson/);
  assert.match(await complete('check', 'prod', '-o', 'js'), /^json$/);
  // A word that is no command, at the start and in between.
  assert.equal(await complete('foo', 'che'), 'check');
  assert.equal(await complete('foo', 'bar', 'che'), 'check');
  assert.equal(await complete('check', 'doctor', '--f'), '--fail-on --fast');
  // The value of an option is no command.
  assert.equal(await complete('--config', 'x.yaml', 'check', '--f'), '--fail-on --fast');
  assert.equal(await complete('--config', 'doctor', 'check', '--f'), '--fail-on --fast');
  assert.equal(await complete('--config', '=', 'doctor', 'check', '--f'), '--fail-on --fast');
  assert.equal(await complete('config', 'ex'), 'explain');
  assert.equal(await complete('config', 'explain', 'prod', '--o'), '--output');
});

test('a shell without a completion script is told so', async () => {
  assert.equal((await pgrunbook(['completion', 'tcsh'])).status, 2);
});

test('config keys tells of every key, or of those that hold a text', async () => {
  const all = await pgrunbook(['config', 'keys']);
  assert.match(all.stdout, /^targets {2}\(object\)/m);
  assert.match(all.stdout, /^targets\.NAME\.connection {2}\(string, required\)/m);
  const some = await pgrunbook(['config', 'keys', 'heartbeats']);
  assert.match(some.stdout, /heartbeats\[\]\.within/);
  assert.doesNotMatch(some.stdout, /connection/);
  assert.equal((await pgrunbook(['config', 'keys', 'nonsense'])).status, 2);
});
