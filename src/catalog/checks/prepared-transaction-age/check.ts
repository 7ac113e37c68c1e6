// Prepared transactions that nobody has finished.
import { defineCheck } from '../../../kernel/check.ts';
import { number, text } from '../../../kernel/row.ts';
import { duration } from '../../../kernel/thresholds.ts';
import { formatDuration, plural } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'prepared-transaction-age',
  group: 'activity',
  title: 'Prepared transactions left open',
  why:
    'A prepared transaction keeps its locks and holds back vacuum until somebody commits it or ' +
    'rolls it back. No session shows it, and a restart does not end it.',
  remedy:
    'Ask the transaction manager that prepared it what was decided, and let it finish. If it no ' +
    'longer knows, run commit prepared or rollback prepared with its name, in its own database. ' +
    'If nobody uses two-phase commit on purpose, set max_prepared_transactions to 0.',
  nothing: 'no prepared transaction is open',
  thresholds: {
    warning_age: duration(
      '5min',
      'Prepared for so long is a warning',
      'Manual, PREPARE TRANSACTION: commit or roll back as soon as possible',
    ),
    critical_age: duration('1h', 'Prepared for so long is critical', 'Its manager has lost it'),
  },
  sources: [
    'PostgreSQL manual, PREPARE TRANSACTION; pg_prepared_xacts',
    'check_pgactivity, oldest_2pc',
  ],
  parse: (row) => ({
    gid: text(row, 'gid'),
    owner: text(row, 'owner'),
    database: text(row, 'database'),
    prepared_at: text(row, 'prepared_at'),
    age_ms: number(row, 'age_ms'),
    age_xids: number(row, 'age_xids'),
    locks: number(row, 'locks'),
  }),
  judge({ rows, examined }, { thresholds }) {
    const findings = rows
      .filter(({ age_ms }) => age_ms >= thresholds.warning_age)
      .map(({ gid, prepared_at, age_ms, ...rest }) => ({
        object: `prepared transaction ${gid}`,
        key: prepared_at,
        severity: age_ms >= thresholds.critical_age ? ('critical' as const) : ('warning' as const),
        summary:
          `prepared transaction ${gid} of ${rest.owner}@${rest.database} has been open for ` +
          `${formatDuration(age_ms)} and holds ${plural(rest.locks, 'lock')}`,
        evidence: { age_ms: Math.round(age_ms), prepared_at, ...rest },
      }));
    return { examined, findings };
  },
});
