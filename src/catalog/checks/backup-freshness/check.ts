// How long ago the last base backup of this server ended.
import { defineCheck } from '../../../kernel/check.ts';
import { numberOrNull, type RawRow, text, textOrNull } from '../../../kernel/row.ts';
import { duration } from '../../../kernel/thresholds.ts';
import { formatDuration } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'backup-freshness',
  group: 'backup',
  title: 'Age of the last base backup',
  why:
    'Archived WAL can only be replayed onto a base backup. Without a recent one a recovery takes ' +
    'days, and without any the archive is worth nothing.',
  remedy:
    'See why the schedule of the backup tool did not run, take one now (pg_basebackup, ' +
    'pgBackRest, WAL-G), and restore it somewhere: only a restored backup is a backup.',
  nothing: 'the server did not say how it archives',
  needs: { functions: ['pg_catalog.pg_ls_waldir()'], role: 'primary' },
  thresholds: {
    warning_age: duration('26h', 'Age that is a warning', 'a daily backup and two hours for it'),
    critical_age: duration('7d', 'Age that is critical', 'pgmonitor: full backup, 7.5 days'),
  },
  procedures: ['backup-freshness'],
  sources: [
    'PostgreSQL manual, Continuous Archiving, Making a Base Backup: the backup history file',
    'CrunchyData/pgmonitor#93: an unknown age is not a young one',
  ],
  unconfigured: ({ has_managed_backup }) =>
    has_managed_backup
      ? 'a provider takes the backups, and the server keeps no record of them'
      : undefined,
  parse: (row: RawRow) => ({
    archive_mode: text(row, 'archive_mode'),
    history_file: textOrNull(row, 'history_file'),
    age_ms: numberOrNull(row, 'age_ms'),
  }),
  judge({ rows: [row] }, { thresholds }) {
    if (row === undefined) return { examined: 0, findings: [] };
    const { archive_mode, history_file, age_ms } = row;
    if (archive_mode === 'off') {
      return { skipped: 'with archive_mode off the server keeps no record of base backups' };
    }
    if (age_ms === null) {
      return {
        skipped:
          'WAL is archived, but the server has no record of a base backup: none was taken, or ' +
          'only on a standby',
      };
    }
    if (age_ms < thresholds.warning_age) return { examined: 1, findings: [] };
    return {
      examined: 1,
      findings: [
        {
          object: 'base backup',
          severity: age_ms >= thresholds.critical_age ? 'critical' : 'warning',
          summary: `The last base backup ended ${formatDuration(age_ms)} ago`,
          evidence: { age_ms: Math.round(age_ms), history_file },
        },
      ],
    };
  },
});
