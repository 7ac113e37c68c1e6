// Writes docs/reference/ from the definitions; with --check only compares, for the tests.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { version } from '../src/kernel/version.ts';
import { loadCatalog } from '../src/load-catalog.ts';
import { checksPage } from './docs/checks-page.ts';
import { commandsPage } from './docs/commands-page.ts';
import { configurationPage, schemaFile } from './docs/configuration-page.ts';
import { errorsPage } from './docs/errors-page.ts';

const root = join(import.meta.dirname, '..', 'docs', 'reference');
const isChecking = process.argv.includes('--check');

const catalog = await loadCatalog(version);
const pages = {
  'checks.md': checksPage(catalog),
  'commands.md': commandsPage(),
  'configuration.md': configurationPage(),
  'errors.md': errorsPage(),
  'pgrunbook.schema.json': schemaFile(),
};

const stale: string[] = [];
for (const [name, text] of Object.entries(pages)) {
  const path = join(root, name);
  const found = await readFile(path, 'utf8').catch(() => '');
  if (found === text) continue;
  stale.push(name);
  if (isChecking) continue;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
const what = stale.length === 0 ? 'up to date' : stale.join(', ');
process.stdout.write(`docs/reference: ${isChecking ? 'stale' : 'written'}: ${what}\n`);
if (isChecking && stale.length > 0) process.exit(1);
