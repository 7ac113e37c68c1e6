// Blocking trees: chains, stars, queues, circles, parallel workers and prepared transactions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BlockableProcess, blockingTrees, unknownPrepared } from './blocking-tree.ts';

function waits(pid: number, blocked_by: readonly number[] = []): BlockableProcess {
  return { pid, leader_pid: null, blocked_by, prepared_blockers: [] };
}

test('nobody waits, so there is no tree', () => {
  assert.deepEqual(blockingTrees([]), []);
  assert.deepEqual(blockingTrees([waits(1), waits(2)]), []);
});

test('a chain has one root and grows deeper with every waiter', () => {
  assert.deepEqual(blockingTrees([waits(1), waits(2, [1]), waits(3, [2]), waits(4, [3])]), [
    {
      roots: [1],
      waiting: [
        { pid: 2, level: 1 },
        { pid: 3, level: 2 },
        { pid: 4, level: 3 },
      ],
    },
  ]);
});

test('those ahead in a queue are no roots, and their place in it is no depth', () => {
  const [tree, ...others] = blockingTrees([
    waits(1),
    waits(2, [1]),
    waits(3, [1, 2]),
    waits(4, [1, 2, 3]),
  ]);
  assert.deepEqual(others, []);
  assert.deepEqual(tree?.roots, [1]);
  assert.deepEqual(
    tree.waiting.map(({ level }) => level),
    [1, 1, 1],
  );
});

test('a session behind two roots is behind both', () => {
  const trees = blockingTrees([waits(1), waits(2), waits(3, [1, 2]), waits(4, [3])]);
  const waiting = [
    { pid: 3, level: 1 },
    { pid: 4, level: 2 },
  ];
  assert.deepEqual(trees, [
    { roots: [1], waiting },
    { roots: [2], waiting },
  ]);
});

test('a prepared transaction is a root by its name', () => {
  const waiter = { ...waits(3, [0, 0, 1]), prepared_blockers: ['order 17', 'order 18'] };
  const trees = blockingTrees([waits(1), waiter]);
  const waiting = [{ pid: 3, level: 1 }];
  assert.deepEqual(trees, [
    { roots: ['order 17'], waiting },
    { roots: ['order 18'], waiting },
    { roots: [1], waiting },
  ]);
  const unnamed = blockingTrees([waits(3, [0])]);
  assert.deepEqual(unnamed, [{ roots: [unknownPrepared], waiting }]);
});

test('a name that looks like a pid is still the name of a prepared transaction', () => {
  const trees = blockingTrees([{ ...waits(3, [0]), prepared_blockers: ['4'] }, waits(4, [3])]);
  assert.deepEqual(
    trees.map(({ roots }) => roots),
    [['4']],
  );
});

test('a root that the server no longer shows is a root all the same', () => {
  assert.deepEqual(blockingTrees([waits(2, [99])]), [
    { roots: [99], waiting: [{ pid: 2, level: 1 }] },
  ]);
});

test('a parallel worker waits in the name of its leader', () => {
  const worker = { ...waits(12, [1]), leader_pid: 2 };
  const other = { ...waits(13, [1, 2]), leader_pid: 2 };
  assert.deepEqual(blockingTrees([waits(1), waits(2), worker, other]), [
    { roots: [1], waiting: [{ pid: 2, level: 1 }] },
  ]);
});

test('a deadlock is its own root, with those who wait behind it', () => {
  assert.deepEqual(
    blockingTrees([waits(1), waits(5, [4]), waits(4, [6]), waits(6, [5]), waits(7, [6])]),
    [{ roots: [4, 5, 6], waiting: [{ pid: 7, level: 1 }] }],
  );
});

test('whoever waits behind a deadlock and has the smallest pid does not become its root', () => {
  assert.deepEqual(blockingTrees([waits(1, [3]), waits(2, [3]), waits(3, [4]), waits(4, [3])]), [
    {
      roots: [3, 4],
      waiting: [
        { pid: 1, level: 1 },
        { pid: 2, level: 1 },
      ],
    },
  ]);
});

test('a deadlock beside an ordinary chain is a tree of its own', () => {
  const trees = blockingTrees([waits(1), waits(2, [1]), waits(8, [9]), waits(9, [8])]);
  assert.deepEqual(
    trees.map(({ roots }) => roots),
    [[1], [8, 9]],
  );
});

test('a circle that a root holds up from outside belongs to that root', () => {
  const trees = blockingTrees([waits(1), waits(2, [3, 1]), waits(3, [2])]);
  assert.deepEqual(
    trees.map(({ roots }) => roots),
    [[1]],
  );
});
