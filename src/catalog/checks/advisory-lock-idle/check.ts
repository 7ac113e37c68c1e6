// Advisory locks that an idle session has kept.
import { defineCheck } from '../../../kernel/check.ts';
import { number, text, textOrNull } from '../../../kernel/row.ts';
import { duration } from '../../../kernel/thresholds.ts';
import { formatDuration, plural } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'advisory-lock-idle',
  group: 'activity',
  title: 'Advisory locks held by idle sessions',
  why:
    'A session-level advisory lock survives commit and rollback. In a pooled session that went ' +
    'back to the pool it is lost: nobody knows that it is held, and the next who wants it waits ' +
    'for ever.',
  remedy:
    'Find out whether the session is meant to hold it (a leader, a migration at work). If not, ' +
    'end the session; then use pg_advisory_xact_lock, which ends with the transaction, or take ' +
    'the lock over a connection that is not pooled.',
  nothing: 'no advisory lock is held in this database',
  needs: { privilege: 'pg_read_all_stats' },
  thresholds: {
    idle_age: duration(
      '10min',
      'A holder that has been idle for so long is reported',
      'Longer than work between two statements takes',
    ),
  },
  sources: [
    'PostgreSQL manual, Explicit Locking, Advisory Locks',
    'pressly/goose#335: a migration lock leaks through a pooler in transaction mode',
  ],
  parameters: ({ thresholds }) => [thresholds.idle_age],
  parse: (row) => ({
    pid: number(row, 'pid'),
    backend_start: text(row, 'backend_start'),
    application: text(row, 'application'),
    role: textOrNull(row, 'role'),
    idle_ms: number(row, 'idle_ms'),
    locks: number(row, 'locks'),
    key: text(row, 'key'),
    waiting: number(row, 'waiting'),
  }),
  judge({ rows, examined }) {
    const findings = rows.map(({ pid, backend_start, application, role, ...rest }) => {
      const who = [application, role].filter((part) => part).join(', ');
      const waits =
        rest.waiting > 0
          ? `; ${plural(rest.waiting, 'session')} ${rest.waiting === 1 ? 'waits' : 'wait'} for it`
          : '';
      return {
        object: `pid ${pid}`,
        key: backend_start,
        severity: rest.waiting > 0 ? ('warning' as const) : ('info' as const),
        summary:
          `pid ${pid} (${who}) has been idle for ${formatDuration(rest.idle_ms)} and holds ` +
          `${plural(rest.locks, 'advisory lock')} (key ${rest.key})${waits}`,
        evidence: {
          idle_ms: Math.round(rest.idle_ms),
          advisory_locks: rest.locks,
          first_key: rest.key,
          waiting_sessions: rest.waiting,
        },
      };
    });
    return { examined, findings };
  },
});
