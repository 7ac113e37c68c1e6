// Who blocks whom: from every process's blockers to the roots that all the waiting comes from.

/** What the tree needs to know of a process. */
export interface BlockableProcess {
  readonly pid: number;
  readonly leader_pid: number | null;
  /** From pg_blocking_pids; 0 stands for a prepared transaction. */
  readonly blocked_by: readonly number[];
  /** Names (gid) of the prepared transactions that the zeros stand for. */
  readonly prepared_blockers: readonly string[];
}

/** A process, by its pid, or a prepared transaction, by its gid. */
export type Blocker = number | string;

export interface BlockingTree {
  /** One that waits for nobody; or all who wait for each other in a circle, smallest pid first. */
  readonly roots: readonly Blocker[];
  /** Everybody behind the roots, nearest first; level 1 waits for a root itself. */
  readonly waiting: readonly { readonly pid: number; readonly level: number }[];
}

/** Name of a prepared transaction that ended between two looks at the server. */
export const unknownPrepared = '';

/**
 * One tree a root. pg_blocking_pids names fellow waiters too, those ahead in the queue of a lock:
 * they wait themselves, so they are never roots. A session behind two roots is in both trees.
 */
export function blockingTrees(processes: readonly BlockableProcess[]): readonly BlockingTree[] {
  const blockers = blockersByWaiter(processes);
  const waiters = waitersByBlocker(blockers);
  const roots = [...waiters.keys()].filter((one) => typeof one === 'string' || !blockers.has(one));
  const trees = roots.map((root) => grow([root], waiters));
  const reached = new Set(trees.flatMap(({ waiting }) => waiting.map(({ pid }) => pid)));
  // Whoever no root reaches waits in a circle or behind one.
  for (const pid of [...blockers.keys()].toSorted((a, b) => a - b)) {
    if (reached.has(pid)) continue;
    const tree = grow(findCircle(pid, blockers), waiters);
    trees.push(tree);
    for (const member of [...tree.roots, ...tree.waiting.map((one) => one.pid)]) {
      if (typeof member === 'number') reached.add(member);
    }
  }
  return trees;
}

type BlockersByWaiter = ReadonlyMap<number, ReadonlySet<Blocker>>;

// A parallel worker's wait is its leader's: pg_blocking_pids answers with leaders as well.
function blockersByWaiter(processes: readonly BlockableProcess[]): BlockersByWaiter {
  const found = new Map<number, Set<Blocker>>();
  for (const { pid, leader_pid, blocked_by, prepared_blockers } of processes) {
    const waiter = leader_pid ?? pid;
    const names = prepared_blockers.length > 0 ? prepared_blockers : [unknownPrepared];
    const blockers = blocked_by.flatMap((one): readonly Blocker[] => (one === 0 ? names : [one]));
    const others = blockers.filter((one) => one !== waiter);
    if (others.length > 0) found.set(waiter, new Set([...(found.get(waiter) ?? []), ...others]));
  }
  return found;
}

type WaitersByBlocker = ReadonlyMap<Blocker, readonly number[]>;

function waitersByBlocker(blockers: BlockersByWaiter): WaitersByBlocker {
  const found = new Map<Blocker, number[]>();
  for (const [waiter, itsBlockers] of blockers) {
    for (const blocker of itsBlockers) {
      const waiters = found.get(blocker);
      if (waiters) waiters.push(waiter);
      else found.set(blocker, [waiter]);
    }
  }
  return found;
}

// Breadth first, so that a level is the shortest way to a root and a circle ends by itself.
function grow(roots: readonly Blocker[], waiters: WaitersByBlocker): BlockingTree {
  const seen = new Set<Blocker>(roots);
  const waiting: { pid: number; level: number }[] = [];
  let front = roots;
  for (let level = 1; front.length > 0; level += 1) {
    const next = new Set(front.flatMap((one) => waiters.get(one) ?? []));
    front = [...next].filter((pid) => !seen.has(pid)).toSorted((a, b) => Number(a) - Number(b));
    for (const pid of front) {
      seen.add(pid);
      waiting.push({ pid: Number(pid), level });
    }
  }
  return { roots, waiting };
}

// From blocker to blocker until one comes again: what lies between is a circle.
function findCircle(start: number, blockers: BlockersByWaiter): readonly number[] {
  const path: number[] = [];
  let pid: number | undefined = start;
  while (pid !== undefined && !path.includes(pid)) {
    path.push(pid);
    const next: readonly Blocker[] = [...(blockers.get(pid) ?? [])];
    pid = next.find((one) => typeof one === 'number');
  }
  const circle = pid === undefined ? path : path.slice(path.indexOf(pid));
  return circle.toSorted((a, b) => a - b);
}
