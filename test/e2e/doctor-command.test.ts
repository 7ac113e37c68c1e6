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

test('completion scripts are accepted by their shells and complete commands', async () => {
  const { stdout } = await pgrunbook(['completion', 'bash']);
  const script = `${stdout}
COMP_WORDS=(pgrunbook che); COMP_CWORD=1; _pgrunbook; echo "\${COMPREPLY[@]}"
COMP_WORDS=(pgrunbook check prod --output ''); COMP_CWORD=4; _pgrunbook; echo "\${COMPREPLY[@]}"`;
  const completed = await run('bash', ['-c', script]);
  assert.equal(completed.stderr, '');
  const [command, formats] = completed.stdout.split('\n');
  assert.equal(command, 'check');
  assert.match(formats ?? '', /^table json ndjson/);
  const unknown = await pgrunbook(['completion', 'tcsh']);
  assert.equal(unknown.status, 2);
});
