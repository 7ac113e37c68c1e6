// How many new sessions a second applications open.
import { defineCheck } from '../../../kernel/check.ts';
import { amount } from '../../../kernel/thresholds.ts';
import { formatCount, formatDuration } from '../../../kernel/units.ts';
import {
  changesOf,
  noEarlierSample,
  nothingComparable,
  parseDatabaseCounters,
  perSecond,
} from '../../probes/database-counters/probe.ts';

export default defineCheck({
  id: 'connection-churn',
  group: 'connections',
  title: 'New sessions opened all the time',
  why:
    'A new session costs a process, a TLS handshake, a password check and empty caches: often ' +
    'more than the statement that it is opened for.',
  remedy:
    'Give the application a connection pool, or put PgBouncer in front of it. If it has one, ' +
    'look at its lifetime and validation settings: a pool that closes every connection after ' +
    'use is none.',
  nothing: nothingComparable,
  probe: 'database-counters',
  needs: { history: true },
  thresholds: {
    warning_per_second: amount(
      10,
      'So many new sessions in a second are a warning',
      'At 10 ms each (process, TLS, SCRAM) a tenth of one core',
    ),
    minimum_sessions: amount(
      100,
      'Fewer in the whole time are not reported',
      'A deployment reconnects its pools at once',
    ),
  },
  sources: [
    'PostgreSQL manual, The Cumulative Statistics System, pg_stat_database.sessions',
    'postgresqltuner warns where a session lives less than a minute on average',
  ],
  parse: parseDatabaseCounters,
  judge(facts, { thresholds, previous }) {
    if (previous === undefined) return noEarlierSample;
    const changes = changesOf(facts, previous);
    const findings = changes
      .map(({ database, elapsed_ms, of }) => {
        const sessions = of('sessions');
        return { database, elapsed_ms, sessions, rate: perSecond(sessions, elapsed_ms) };
      })
      .filter(({ sessions }) => sessions >= thresholds.minimum_sessions)
      .filter(({ rate }) => rate >= thresholds.warning_per_second)
      .map(({ database, elapsed_ms, sessions, rate }) => ({
        object: `database ${database}`,
        severity: 'warning' as const,
        summary:
          `${formatCount(sessions)} new sessions in database ${database} within ` +
          `${formatDuration(elapsed_ms)} (${rate.toFixed(1)} a second)`,
        evidence: {
          sessions,
          sessions_per_second: Math.round(rate * 10) / 10,
          elapsed_ms: Math.round(elapsed_ms),
        },
      }));
    return { examined: changes.length, findings };
  },
});
