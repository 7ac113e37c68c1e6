// Every wall of the house reports what is planted before it, and nothing in a clean tree.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { bannedWordPlants } from './tidy/plants/banned-words.ts';
import { catalogPlants } from './tidy/plants/catalog.ts';
import { cleanTree } from './tidy/plants/clean.ts';
import { cyclePlants } from './tidy/plants/cycles.ts';
import { layerPlants } from './tidy/plants/layers.ts';
import { outsideWorldPlants } from './tidy/plants/outside-world.ts';
import type { Plant } from './tidy/plants/plant.ts';
import { shapePlants } from './tidy/plants/shapes.ts';
import { readTree } from './tidy/tree.ts';
import { formatViolation, type Violation, type Wall } from './tidy/wall.ts';
import { walls } from './tidy/walls.ts';

const planted = [
  layerPlants,
  cyclePlants,
  outsideWorldPlants,
  ...shapePlants,
  bannedWordPlants,
  ...catalogPlants,
];

test('a clean tree passes every wall', () => {
  const found = findIn(cleanTree).map(({ violation }) => formatViolation(violation));
  assert.deepEqual(found, []);
});

test('an empty tree passes every wall', () => {
  assert.deepEqual(findIn({}), []);
});

test('every wall has something planted before it', () => {
  const titles = planted.map(({ wall }) => wall.title.toLowerCase());
  assert.deepEqual(titles.sort(), walls.map(({ title }) => title.toLowerCase()).sort());
});

for (const { wall, plants } of planted) {
  test(`the wall "${wall.title}" reports`, async (t) => {
    for (const plant of plants) await t.test(plant.what, () => assertReported(wall, plant));
  });
}

test('a violation reads as place, fault and remedy', () => {
  const violation = { path: 'src/a.ts', line: 3, problem: 'a debugger', remedy: 'remove it' };
  assert.equal(formatViolation(violation), 'src/a.ts:3: a debugger; remove it');
});

function assertReported(wall: Wall, { files, reports }: Plant): void {
  const found = findIn(files);
  assert.deepEqual(
    found.map(({ violation: { path, line, problem } }) => `${path}:${line}: ${problem}`),
    reports,
  );
  assert.ok(found.every((one) => one.wall === wall && one.violation.remedy.includes(' ')));
}

interface Found {
  readonly wall: Wall;
  readonly violation: Violation;
}

// Each tree stands on disk for as long as it is read.
function findIn(files: Readonly<Record<string, string>>): Found[] {
  const root = mkdtempSync(join(tmpdir(), 'pgrunbook-walls-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const tree = readTree(root);
    return walls.flatMap((wall) => wall.find(tree).map((violation) => ({ wall, violation })));
  } finally {
    rmSync(root, { recursive: true });
  }
}
