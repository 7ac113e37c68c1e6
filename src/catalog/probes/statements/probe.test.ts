// What statements did between two samples: grown, new, forgotten, still.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameOf, type StatementCounters, statementsSince } from './probe.ts';

test('a statement that ran again counts what it did since', () => {
  const [since] = changes([counted({ calls: 7, execution_ms: 70 })], [counted({})]);
  assert.equal(since?.calls, 2);
  assert.equal(since.execution_ms, 20);
});

test('a statement that did not run is left out', () => {
  assert.deepEqual(changes([counted({})], [counted({})]), []);
});

test('a new statement counts whole', () => {
  assert.equal(changes([counted({})], [counted({ query_id: '2' })])[0]?.calls, 5);
});

test('a statement that was forgotten in between counts from its new beginning', () => {
  const after = counted({ calls: 9, execution_ms: 40 });
  assert.equal(changes([after], [counted({})])[0]?.calls, 9);
  assert.equal(changes([counted({ calls: 4 })], [counted({})])[0]?.calls, 4);
});

test('the same text of another role or in a function is another statement', () => {
  const other = counted({ role: 'other', calls: 1 });
  const nested = counted({ is_top_level: false, calls: 2 });
  assert.deepEqual(changes([other, nested], [counted({})]), [other, nested]);
  assert.equal(nameOf(nested), 'query 1 of app (in a function)');
});

function changes(now: readonly StatementCounters[], before: readonly StatementCounters[]) {
  return statementsSince(facts(now), facts(before));
}

function facts(rows: readonly StatementCounters[]) {
  return { rows, examined: rows.length };
}

function counted(changed: Partial<StatementCounters>): StatementCounters {
  return {
    role: 'app',
    query_id: '1',
    is_top_level: true,
    calls: 5,
    rows: 5,
    execution_ms: 50,
    blocks: 10,
    temporary_bytes: 0,
    ...changed,
  };
}
