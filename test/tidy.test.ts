// The walls of the house: layers, sizes, names and words, held over every file of the repository.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readTree } from './tidy/tree.ts';
import { formatViolation } from './tidy/wall.ts';
import { walls } from './tidy/walls.ts';

const tree = readTree(join(import.meta.dirname, '..'));

for (const wall of walls) {
  test(wall.title, () => {
    const violations = wall.find(tree).map(formatViolation);
    assert.equal(violations.length, 0, `\n${violations.join('\n')}`);
  });
}
