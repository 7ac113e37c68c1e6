// What is generated is up to date, and definitions and documents name the same things.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { errorCodes } from '../../src/kernel/error-codes.ts';
import { errorKinds } from '../../src/kernel/errors.ts';
import { loadCatalog } from '../../src/load-catalog.ts';
import { run } from '../harness/command.ts';

const root = join(import.meta.dirname, '..', '..');

test('docs/reference is what npm run docs writes', async () => {
  const script = join(root, 'scripts', 'docs.ts');
  const { status, stdout } = await run(process.execPath, [script, '--check']);
  assert.equal(status, 0, stdout);
});

test('every error code is raised somewhere, and its kind exists', async () => {
  const source = await sourceText(join(root, 'src'));
  for (const code of Object.keys(errorCodes)) {
    assert.ok((code.split('/')[0] ?? '') in errorKinds, code);
    assert.ok(source.includes(`'${code}'`), `${code} is never raised`);
  }
});

// The checks that the runbooks of the estates ask for, by the names those runbooks have here.
const procedures = [
  'basic-health-check',
  'connection-usage',
  'database-size-vs-disk',
  'cache-hit-ratio',
  'transaction-rate-deviation',
  'lock-wait-ratio',
  'replication-lag',
  'pool-utilisation',
  'pool-wait-and-overflow',
  'index-hit-ratio',
  'long-running-query-alert',
  'blocked-sessions-alert',
  'dead-tuple-ratio-alert',
  'autovacuum-status',
  'largest-tables',
  'session-breakdown',
  'key-tables-exist',
  'audit-heartbeat',
  'outbox-backlog',
  'top-queries-total-mean-calls',
  'index-usage-report',
  'unused-indexes',
  'duplicate-indexes',
  'missing-indexes',
  'index-bloat',
  'settings-review',
  'query-baseline-budget',
  'backup-freshness',
  'exporter-and-dashboard-health',
  'session-privilege-audit',
];

test('every check that the estates ask for exists', async () => {
  const { checks } = await loadCatalog('test');
  const served = new Set(checks.flatMap(({ check }) => check.procedures ?? []));
  assert.deepEqual(
    procedures.filter((name) => !served.has(name)),
    [],
  );
  assert.deepEqual(
    [...served].filter((name) => !procedures.includes(name)),
    [],
    'a name that no runbook has',
  );
});

async function sourceText(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => name.endsWith('.ts') && !name.endsWith('error-codes.ts'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.join('\n');
}
