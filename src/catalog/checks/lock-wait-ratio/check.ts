// What share of the sessions at work is not at work but waits for a lock.
import { defineCheck } from '../../../kernel/check.ts';
import { amount, duration, percent } from '../../../kernel/thresholds.ts';
import { formatPercent, plural } from '../../../kernel/units.ts';
import { describeWait, isClient, parseSession, type Session } from '../../probes/activity/probe.ts';

export default defineCheck({
  id: 'lock-wait-ratio',
  group: 'activity',
  title: 'Share of active sessions that wait for a lock',
  why:
    'When many of the active sessions wait for each other, more load brings more waiting and ' +
    'not more work: throughput falls while every statement is quick by itself.',
  remedy:
    'See what they wait for. One row or one table: shorten the transactions that touch it, or ' +
    'spread the writes over several rows. One root: see blocked-sessions. Advisory locks: the ' +
    'application serialises itself.',
  nothing: 'no client session but our own is active',
  probe: 'activity',
  needs: { privilege: 'pg_read_all_stats' },
  procedures: ['lock-wait-ratio'],
  thresholds: {
    warning_percent: percent(
      5,
      'So much of the active sessions waiting is a warning',
      'Runbooks of the field: below 1 % is normal, above 5 % an alert',
    ),
    critical_percent: percent(
      50,
      'So much of the active sessions waiting is critical',
      'More sessions wait than work',
    ),
    minimum_sessions: amount(
      3,
      'With fewer sessions waiting the share says nothing',
      'One of two active sessions is 50 % and harmless',
    ),
    minimum_wait: duration(
      '1s',
      'Shorter waits are not counted',
      'deadlock_timeout, from which log_lock_waits reports too, is 1 s',
    ),
  },
  sources: [
    'PostgreSQL manual, The Cumulative Statistics System, wait events of type Lock',
    'A wait_event of any type is no lock wait: a sleep and a slow disk have one too',
  ],
  parse: parseSession,
  judge({ rows }, { thresholds }) {
    const active = rows.filter((session) => isClient(session) && session.state === 'active');
    const waiting = active.filter(
      ({ wait_lock, wait_age_ms }) =>
        wait_lock !== null && (wait_age_ms ?? 0) >= thresholds.minimum_wait,
    );
    const share_percent = (100 * waiting.length) / Math.max(1, active.length);
    const isHigh =
      waiting.length >= thresholds.minimum_sessions && share_percent >= thresholds.warning_percent;
    if (!isHigh) return { examined: active.length, findings: [] };
    const isCritical = share_percent >= thresholds.critical_percent;
    const finding = {
      object: 'server',
      severity: isCritical ? ('critical' as const) : ('warning' as const),
      summary:
        `${waiting.length} of ${plural(active.length, 'active session')} ` +
        `(${formatPercent(share_percent)}) wait for locks, most for ${commonest(waiting)}`,
      evidence: {
        waiting_percent: Math.round(share_percent * 10) / 10,
        waiting_sessions: waiting.length,
        active_sessions: active.length,
        longest_wait_ms: Math.round(Math.max(...waiting.map((one) => one.wait_age_ms ?? 0))),
        waits_for: commonest(waiting),
      },
    };
    return { examined: active.length, findings: [finding] };
  },
});

function commonest(waiting: readonly Session[]): string {
  const counts = new Map<string, number>();
  for (const session of waiting) {
    const wanted = describeWait(session);
    counts.set(wanted, (counts.get(wanted) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 'a lock';
}
