// A request for AccessExclusiveLock that waits, and everybody who queues up behind it.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { redactStatement } from '../../../kernel/redact.ts';
import { amount, duration } from '../../../kernel/thresholds.ts';
import { formatDuration, plural } from '../../../kernel/units.ts';
import { describeSession, parseSession, type Session } from '../../probes/activity/probe.ts';

export default defineCheck({
  id: 'lock-queue',
  group: 'activity',
  title: 'Queues behind a waiting AccessExclusiveLock',
  why:
    'A statement that wants a table for itself waits for those who use it, and everybody who ' +
    'comes later waits behind it, plain reads included. The table is shut although nothing ' +
    'happens to it yet.',
  remedy:
    'Cancel the waiting statement: nothing of it was done, and the queue moves on at once. Run ' +
    'it again with a lock_timeout of a second or two and retries, when the transaction that it ' +
    'waited for has ended.',
  nothing: 'no session but our own is connected',
  probe: 'activity',
  needs: { privilege: 'pg_read_all_stats' },
  thresholds: {
    warning_wait: duration(
      '1s',
      'A request that waits so long with others behind it is reported',
      'deadlock_timeout, from which log_lock_waits reports too, is 1 s',
    ),
    critical_wait: duration(
      '30s',
      'A queue that stands so long is critical',
      'Common request timeouts of applications are 30 s',
    ),
    critical_sessions: amount(
      10,
      'So many sessions in the queue are critical',
      'A usual pool size: one application stands still',
    ),
  },
  sources: [
    'PostgreSQL manual, Explicit Locking, Table-Level Locks',
    'nbari/pg_exporter#23: a queue behind one ALTER TABLE took every connection',
  ],
  parse: parseSession,
  judge({ rows }, { thresholds }) {
    const heads = rows.filter(isExclusiveRequest).filter((head) => !isBehindAnother(head, rows));
    const findings = heads
      .map((head) => ({ head, queue: rows.filter((one) => one.blocked_by.includes(head.pid)) }))
      .filter(({ queue }) => queue.length > 0)
      .filter(({ head }) => (head.wait_age_ms ?? 0) >= thresholds.warning_wait)
      .map((found) => finding(found, thresholds));
    return { examined: rows.length, findings };
  },
});

function isExclusiveRequest({ wait_lock, wait_mode }: Session): boolean {
  return wait_lock === 'relation' && wait_mode === 'AccessExclusiveLock';
}

// Two such requests for one table are one queue: its head is the first of them.
function isBehindAnother(request: Session, all: readonly Session[]): boolean {
  return all.filter(isExclusiveRequest).some(({ pid }) => request.blocked_by.includes(pid));
}

interface Found {
  readonly head: Session;
  readonly queue: readonly Session[];
}

function finding(
  { head, queue }: Found,
  thresholds: { readonly critical_wait: number; readonly critical_sessions: number },
): FindingDraft {
  const wait_ms = head.wait_age_ms ?? 0;
  const isCritical =
    wait_ms >= thresholds.critical_wait || queue.length >= thresholds.critical_sessions;
  const relation = head.wait_relation ?? 'a relation of another database';
  return {
    object: `pid ${head.pid}`,
    key: head.backend_start,
    severity: isCritical ? 'critical' : 'warning',
    summary:
      `${plural(queue.length, 'session')} ${queue.length === 1 ? 'queues' : 'queue'} behind ` +
      `${describeSession(head)}, which has waited ${formatDuration(wait_ms)} for ` +
      `AccessExclusiveLock on ${relation}`,
    evidence: {
      relation,
      wait_ms: Math.round(wait_ms),
      queued_sessions: queue.length,
      queued_pids: queue
        .slice(0, 10)
        .map(({ pid }) => pid)
        .join(', '),
      waits_for_pids: head.blocked_by.join(', '),
      waits_for_prepared: head.prepared_blockers.join(', '),
      statement: redactStatement(head.statement),
    },
  };
}
