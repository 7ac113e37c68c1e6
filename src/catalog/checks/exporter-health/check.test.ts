// The real exporter of Debian: healthy, blind after its server went away, and silent once ended.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { testClock } from '../../../../test/harness/inspect-database.ts';
import { testServer, until } from '../../../../test/harness/servers.ts';
import { exporterRunner } from '../../../adapters/postgres/exporter-runner.ts';
import check from './check.ts';

const program = '/usr/bin/prometheus-postgres-exporter';
const skip = existsSync(program) ? false : 'prometheus-postgres-exporter is not installed';

async function look(port: number) {
  const runner = exporterRunner(`http://127.0.0.1:${port}/metrics`, testClock);
  const statement = { sql: 'get metrics', values: [], row_limit: 1, timeout_ms: 5_000 };
  const result = await runner.run(statement);
  assert.equal(result.status, 'ok');
  const verdict = check.evaluate({
    rows: result.status === 'ok' ? result.rows : [],
    thresholds: {},
    baselines: (await import('../../../kernel/baselines.ts')).noBaselines,
    server: {} as Parameters<typeof check.evaluate>[0]['server'], // the judge does not look at it
    previous: undefined,
  });
  assert.ok(!('skipped' in verdict));
  assert.equal(verdict.examined, 1);
  return verdict.findings.map(({ summary }) => summary);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('exporter-health: healthy, blind, silent', { skip }, async (t) => {
  const server = await testServer(t, { major: 15 });
  const port = await freePort();
  const exporter = spawn(program, [`--web.listen-address=127.0.0.1:${port}`], {
    env: {
      DATA_SOURCE_NAME: `host=${server.host} port=${server.port} user=postgres sslmode=disable`,
    },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => exporter.once('exit', resolve));
  t.after(() => exporter.kill());
  await until('the exporter is healthy', async () => (await look(port)).length === 0);
  await server.halt();
  await until('the exporter says that it is blind', async () => {
    const [summary = ''] = await look(port);
    return /cannot reach its server/.test(summary);
  });
  exporter.kill();
  await ended;
  const [silent] = await look(port);
  assert.match(silent ?? '', /does not answer: ECONNREFUSED/);
});

test('exporter-health: a page that is none', async (t) => {
  const page = createServer((request, response) => {
    response.statusCode = request.url === '/metrics' ? 503 : 200;
    response.end('busy');
  }).listen(0, '127.0.0.1');
  t.after(() => page.close());
  await new Promise((resolve) => page.once('listening', resolve));
  const address = page.address();
  assert.ok(typeof address === 'object' && address !== null);
  assert.deepEqual(await look(address.port), [
    `the exporter at 127.0.0.1:${address.port} answers with status 503`,
  ]);
});
