// Sessions that wait for locks, told by the root that makes them all wait.
import { defineCheck } from '../../../kernel/check.ts';
import type { Evidence, FindingDraft } from '../../../kernel/model.ts';
import { redactStatement } from '../../../kernel/redact.ts';
import { amount, duration } from '../../../kernel/thresholds.ts';
import { formatDuration, plural } from '../../../kernel/units.ts';
import {
  type Blocker,
  type BlockingTree,
  blockingTrees,
  unknownPrepared,
} from '../../probes/activity/blocking-tree.ts';
import {
  describeSession,
  describeWait,
  parseSession,
  type Session,
} from '../../probes/activity/probe.ts';

export default defineCheck({
  id: 'blocked-sessions',
  group: 'activity',
  title: 'Sessions that wait for a lock, by the root of the waiting',
  why:
    'Everybody behind the root stands still until it commits, rolls back or ends. Each of them ' +
    'holds a connection, so a lock that nobody gives back turns into a full server.',
  remedy:
    'Deal with the root alone: whoever is in the middle waits as well, and ending it frees ' +
    'nobody for long. Cancel a root that runs a statement; end a session that is idle in a ' +
    'transaction; commit or roll back a prepared transaction by its name. Then find out why it ' +
    'kept the lock, and give the application a lock_timeout.',
  nothing: 'no session but our own is connected',
  probe: 'activity',
  needs: { privilege: 'pg_read_all_stats' },
  procedures: ['blocked-sessions-alert'],
  thresholds: {
    warning_wait: duration(
      '30s',
      'A root is reported once somebody has waited so long for it',
      'far above the waits of a healthy workload; pgEdge: 60 s',
    ),
    critical_wait: duration(
      '5min',
      'A wait of such length is critical',
      'Users have given up; supabase inspect reports locks of 2 min',
    ),
    critical_sessions: amount(
      20,
      'So many sessions behind one root are critical',
      'A fifth of the default max_connections',
    ),
  },
  sources: [
    'PostgreSQL manual, System Information Functions, pg_blocking_pids; pg_locks.waitstart',
    'citusdata/citus#6468: a self-join of pg_locks names fellow waiters as blockers',
  ],
  parse: parseSession,
  judge({ rows }, { thresholds }) {
    const findings = blockingTrees(rows)
      .map((tree) => ({ tree, oldest: oldestWaiter(tree, rows) }))
      .filter(({ oldest }) => (oldest?.wait_age_ms ?? 0) >= thresholds.warning_wait)
      .map((found) => finding(found, rows, thresholds));
    return { examined: rows.length, findings };
  },
});

interface Found {
  readonly tree: BlockingTree;
  readonly oldest: Session | undefined;
}

// Those who wait in a circle are its roots and wait nevertheless.
function oldestWaiter({ roots, waiting }: BlockingTree, all: readonly Session[]) {
  const pids = new Set<Blocker>([...roots, ...waiting.map(({ pid }) => pid)]);
  return all
    .filter(({ pid, leader_pid }) => pids.has(leader_pid ?? pid))
    .toSorted((a, b) => (b.wait_age_ms ?? -1) - (a.wait_age_ms ?? -1))[0];
}

function finding(
  { tree, oldest }: Found,
  all: readonly Session[],
  thresholds: { readonly critical_wait: number; readonly critical_sessions: number },
): FindingDraft {
  const wait_ms = oldest?.wait_age_ms ?? 0;
  const count = tree.waiting.length;
  const levels = tree.waiting.at(-1)?.level ?? 0;
  const isCritical = wait_ms >= thresholds.critical_wait || count >= thresholds.critical_sessions;
  const wanted = oldest ? describeWait(oldest) : 'a lock';
  const root = describeRoot(tree, all);
  return {
    object: root.object,
    ...(root.key === undefined ? {} : { key: root.key }),
    severity: isCritical ? 'critical' : 'warning',
    summary:
      `${root.text} ${plural(count, 'session')}${levels > 1 ? ` in ${levels} levels` : ''}; ` +
      `the longest has waited ${formatDuration(wait_ms)} for ${wanted}`,
    evidence: {
      waiting_sessions: count,
      levels,
      longest_wait_ms: Math.round(wait_ms),
      waits_for: wanted,
      waiting_pids: tree.waiting
        .slice(0, 10)
        .map(({ pid }) => pid)
        .join(', '),
      ...root.evidence,
    },
  };
}

interface Root {
  readonly object: string;
  readonly key?: string;
  /** Subject and verb of the summary; the number of sessions follows. */
  readonly text: string;
  readonly evidence: Evidence;
}

function describeRoot({ roots }: BlockingTree, all: readonly Session[]): Root {
  const [first, ...others] = roots;
  if (others.length > 0) {
    const pids = roots.join(', ');
    const text = `pids ${pids} wait for each other in a deadlock and block`;
    return { object: `pids ${pids}`, text, evidence: { root_state: 'deadlock' } };
  }
  if (typeof first === 'string') return preparedRoot(first);
  const session = all.find(({ pid }) => pid === first);
  if (session === undefined)
    return { object: `pid ${first}`, text: `pid ${first} blocks`, evidence: {} };
  return sessionRoot(session);
}

function preparedRoot(gid: string): Root {
  const name = gid === unknownPrepared ? 'a prepared transaction' : `prepared transaction ${gid}`;
  return { object: name, text: `${name} blocks`, evidence: { root_state: 'prepared' } };
}

function sessionRoot(session: Session): Root {
  return {
    object: `pid ${session.pid}`,
    key: session.backend_start,
    text: `${describeSession(session)}, ${doing(session)}, blocks`,
    evidence: {
      root_state: session.state ?? session.backend_type,
      root_transaction_age_ms: roundOrNull(session.transaction_age_ms),
      root_statement: redactStatement(session.statement),
    },
  };
}

function doing({ state, backend_type, state_age_ms, query_age_ms }: Session): string {
  if (state === 'active') return `in a statement for ${formatDuration(query_age_ms ?? 0)}`;
  if (state === null) return backend_type;
  return `${state} for ${formatDuration(state_age_ms ?? 0)}`;
}

function roundOrNull(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}
