// The ratio is of the window, needs enough blocks, and no reset in between.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BlockCounters, hitRatios } from './hit-ratio.ts';

const before = counted(1_000, 1_000);

test('the ratio is of the accesses between the samples', () => {
  const [ratio] = ratios(counted(1_090, 1_010));
  assert.equal(ratio?.hit_percent, 90);
  assert.equal(ratio.read_blocks, 10);
});

test('fewer accesses than the floor are no ratio', () => {
  assert.equal(ratios(counted(1_090, 1_010), 100).length, 1);
  assert.deepEqual(ratios(counted(1_090, 1_009), 100), []);
  assert.deepEqual(ratios(before, 0), []);
});

test('after a reset or a crash there is nothing to compare', () => {
  assert.deepEqual(ratios({ ...counted(2_000, 2_000), reset_at: 'today' }), []);
  assert.deepEqual(ratios(counted(5, 2_000)), []);
  assert.deepEqual(ratios({ ...counted(2_000, 2_000), name: 'new' }), []);
});

function ratios(now: BlockCounters, min_blocks = 1) {
  const facts = (row: BlockCounters) => ({ rows: [row], examined: 1 });
  return hitRatios(facts(now), facts(before), min_blocks);
}

function counted(hit_blocks: number, read_blocks: number): BlockCounters {
  return { name: 'app', reset_at: null, hit_blocks, read_blocks };
}
