// How full the queue of NOTIFY is.
import { defineCheck } from '../../../kernel/check.ts';
import { number } from '../../../kernel/row.ts';
import { percent } from '../../../kernel/thresholds.ts';
import { formatPercent } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'notification-queue-usage',
  group: 'activity',
  title: 'Queue of NOTIFY',
  why:
    'When the queue is full every transaction that has sent a NOTIFY fails at commit, with all ' +
    'of its work. It fills while one listening session does not come to the end of its ' +
    'transaction.',
  remedy:
    'Find the session that has listened and sits in a long transaction (the server log names ' +
    'its pid) and end it. A listener needs a session of its own that is never idle in a ' +
    'transaction.',
  nothing: 'the queue could not be read',
  thresholds: {
    warning_percent: percent(
      50,
      'So much of the queue in use is a warning',
      'The server itself begins to warn in its log at half',
    ),
    critical_percent: percent(80, 'So much of the queue in use is critical', 'Little is left'),
  },
  sources: ['PostgreSQL manual, NOTIFY; pg_notification_queue_usage'],
  parse: (row) => ({ used_percent: 100 * number(row, 'usage') }),
  judge({ rows }, { thresholds }) {
    const findings = rows
      .filter(({ used_percent }) => used_percent >= thresholds.warning_percent)
      .map(({ used_percent }) => ({
        object: 'server',
        severity:
          used_percent >= thresholds.critical_percent
            ? ('critical' as const)
            : ('warning' as const),
        summary: `the queue of NOTIFY is ${formatPercent(used_percent)} full`,
        evidence: { used_percent: Math.round(used_percent * 10) / 10 },
      }));
    return { examined: rows.length, findings };
  },
});
