// The pgrunbook.yaml of every example system is one that the shipped catalogue accepts.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseConfig } from '../../src/engine/parse-config.ts';
import { loadCatalog } from '../../src/load-catalog.ts';

const examples = join(import.meta.dirname, '../../examples');

for (const estate of readdirSync(examples, { withFileTypes: true })) {
  const file = join(examples, estate.name, 'pgrunbook.yaml');
  if (!existsSync(file)) continue;
  test(`the configuration of ${estate.name} is valid`, async () => {
    const shipped = await loadCatalog('test');
    const text = readFileSync(file, 'utf8');
    assert.ok(Object.keys(parseConfig({ text, file, catalog: shipped }).targets).length > 0);
  });
}
