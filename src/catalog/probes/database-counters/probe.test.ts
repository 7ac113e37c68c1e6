// Differences of counters: grown, reset, gone, new.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesOf, type Reading } from './probe.ts';

test('a change is the growth of a counter', () => {
  const [change] = changes([reading('app', 7)], [reading('app', 5)]);
  assert.equal(change?.of('deadlocks'), 2);
  assert.equal(change.elapsed_ms, 1_000);
});

test('a database whose counters were reset is left out', () => {
  assert.deepEqual(changes([reading('app', 7, 'today')], [reading('app', 5)]), []);
  // After a crash they begin at 0 without a new time of reset.
  assert.deepEqual(changes([reading('app', 4)], [reading('app', 5)]), []);
});

test('a database that was never used begins with a time of reset, and is none the less new', () => {
  const [change] = changes([reading('app', 7, 'today')], [reading('app', 0)]);
  assert.equal(change?.of('deadlocks'), 7);
});

test('a database that is new or gone is left out', () => {
  assert.deepEqual(changes([reading('new', 7)], [reading('old', 5)]), []);
});

function changes(rows: readonly Reading[], earlier: readonly Reading[]) {
  const facts = { rows: earlier, examined: earlier.length };
  return changesOf({ rows, examined: rows.length }, { facts, elapsed_ms: 1_000 });
}

function reading(database: string, deadlocks: number, reset_at: string | null = null): Reading {
  return { database, reset_at, counts: new Map([['deadlocks', deadlocks]]) };
}
