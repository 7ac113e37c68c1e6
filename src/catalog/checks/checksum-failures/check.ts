// Pages that failed their checksum: storage or memory has damaged data.
import { defineCheck } from '../../../kernel/check.ts';
import { number, numberOrNull, text } from '../../../kernel/row.ts';
import { duration } from '../../../kernel/thresholds.ts';
import { formatDuration, plural } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'checksum-failures',
  group: 'versions',
  title: 'Pages that failed their checksum',
  why:
    'A page on disk is not what the server wrote. More may follow, and backups taken since may ' +
    'hold the damage.',
  remedy:
    'Change nothing yet: no VACUUM FULL, no REINDEX as a test. Keep the newest backup from ' +
    'before, copy the data directory, read the log for file and block, and check the standby for ' +
    'the same page. An index can be rebuilt once amcheck finds the table sound; a table is ' +
    'restored from backup. Then replace the hardware.',
  nothing: 'data checksums are off',
  thresholds: {
    critical_age: duration('7d', 'Since the last failure', 'a week of backups may be affected'),
  },
  sources: [
    'PostgreSQL manual, pg_stat_database: checksum_failures; amcheck',
    'check_pgactivity, checksum_errors; pgMonitor',
  ],
  parse: (row) => ({
    database: text(row, 'database'),
    failures: number(row, 'failures'),
    last_age_ms: numberOrNull(row, 'last_age_ms'),
  }),
  judge({ rows, examined }, { thresholds }) {
    return {
      examined,
      findings: rows.map(({ database, failures, last_age_ms }) => ({
        object: database,
        severity: (last_age_ms ?? 0) <= thresholds.critical_age ? 'critical' : 'warning',
        summary:
          `${plural(failures, 'page read')} of ${database} failed the checksum` +
          (last_age_ms === null ? '' : `, the last ${formatDuration(last_age_ms)} ago`),
        evidence: {
          failures,
          last_failure_age_ms: last_age_ms === null ? null : Math.round(last_age_ms),
        },
      })),
    };
  },
});
