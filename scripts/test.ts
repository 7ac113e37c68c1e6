// Runs everything: format, lint, types, then every test on every major, two files at a time.
import { spawnSync } from 'node:child_process';
import { installMissing } from './debian-packages.ts';
import { makeTestFolder, removeTestFolder } from './server-folder.ts';

const testFiles = ['src/**/*.test.ts', 'test/**/*.test.ts', 'examples/**/*.test.ts'];

installMissing();
const folder = makeTestFolder();
process.exitCode =
  run('Format and lint', 'biome', ['ci', '--error-on-warnings', '.']) ||
  run('Types', 'tsc', ['--noEmit']) ||
  run('Tests', 'node', [
    '--test',
    '--test-concurrency=2',
    '--test-timeout=600000',
    ...(process.argv.length > 2 ? process.argv.slice(2) : testFiles),
  ]);
removeTestFolder(folder);

/** @returns 0 or 1. */
function run(title: string, program: string, args: readonly string[]): number {
  process.stdout.write(`\n${title}: ${program} ${args.join(' ')}\n`);
  const started_ms = performance.now();
  const env = { ...process.env, TMPDIR: folder };
  const { status } = spawnSync(program, args, { stdio: 'inherit', env });
  const seconds = ((performance.now() - started_ms) / 1_000).toFixed(1);
  process.stdout.write(`${title}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s\n`);
  return status === 0 ? 0 : 1;
}
