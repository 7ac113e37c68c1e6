// Deadlocks between two looks at the counters.
import { defineCheck } from '../../../kernel/check.ts';
import { amount } from '../../../kernel/thresholds.ts';
import { formatDuration, plural } from '../../../kernel/units.ts';
import {
  changesOf,
  noEarlierSample,
  nothingComparable,
  parseDatabaseCounters,
  perSecond,
} from '../../probes/database-counters/probe.ts';

export default defineCheck({
  id: 'deadlocks',
  group: 'activity',
  title: 'Deadlocks',
  why:
    'In a deadlock the server ends one of the transactions, and what it did is lost unless the ' +
    'application tries again. All of them have stood still for deadlock_timeout before.',
  remedy:
    'Read the two statements in the server log. Let all transactions take rows and tables in ' +
    'the same order (sort the keys before updating many), keep them short, and retry on ' +
    'SQLSTATE 40P01.',
  nothing: nothingComparable,
  probe: 'database-counters',
  needs: { history: true },
  thresholds: {
    warning_count: amount(
      1,
      'So many in the time between the samples are a warning',
      'pgEdge: any',
    ),
    critical_per_minute: amount(
      5,
      'So many in a minute are critical',
      'awesome-prometheus-alerts: 5 in a minute',
    ),
  },
  sources: [
    'PostgreSQL manual, Explicit Locking, Deadlocks; pg_stat_database',
    'CloudNativePG alerts on the lifetime counter, which never falls again',
  ],
  parse: parseDatabaseCounters,
  judge(facts, { thresholds, previous }) {
    if (previous === undefined) return noEarlierSample;
    const changes = changesOf(facts, previous);
    const findings = changes
      .map(({ database, elapsed_ms, of }) => ({ database, elapsed_ms, count: of('deadlocks') }))
      .filter(({ count }) => count > 0 && count >= thresholds.warning_count)
      .map(({ database, elapsed_ms, count }) => {
        const per_minute = 60 * perSecond(count, elapsed_ms);
        // One deadlock in a window of seconds is no rate yet.
        const isCritical = count > 1 && per_minute >= thresholds.critical_per_minute;
        return {
          object: `database ${database}`,
          severity: isCritical ? ('critical' as const) : ('warning' as const),
          summary:
            `${plural(count, 'deadlock')} in database ${database} in ` +
            `${formatDuration(elapsed_ms)}`,
          evidence: {
            deadlocks: count,
            per_minute: Math.round(per_minute * 10) / 10,
            elapsed_ms: Math.round(elapsed_ms),
          },
        };
      });
    return { examined: changes.length, findings };
  },
});
