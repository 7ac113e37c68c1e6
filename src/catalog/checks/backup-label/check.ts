// A backup_label lies in the data directory of a running server: its next start may go wrong.
import { defineCheck } from '../../../kernel/check.ts';
import { boolean, numberOrNull } from '../../../kernel/row.ts';
import { formatDuration } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'backup-label',
  group: 'wal',
  title: 'backup_label in a running data directory',
  why:
    'At its next start the server takes itself for a restored backup and recovers from the ' +
    'point that the file names. If that WAL is gone it does not start; if it is there, ' +
    'recovery is long.',
  remedy:
    'Find out who wrote it: since 15 no server does, so it is a restore into a running ' +
    'directory or a backup script for older versions. Make sure no restore is under way, then ' +
    'move the file out of the data directory before anybody restarts the server.',
  nothing: 'the data directory could not be looked at',
  needs: { functions: ['pg_catalog.pg_stat_file(text,boolean)'], since: 15 },
  thresholds: {},
  sources: [
    'PostgreSQL manual, Making a Base Backup Using the Low Level API',
    'PostgreSQL 15 release notes: exclusive backup mode removed',
    'OPMDG/check_pgactivity#441',
  ],
  parse: (row) => ({
    is_present: boolean(row, 'is_present'),
    age_ms: numberOrNull(row, 'age_ms'),
  }),
  judge({ rows }) {
    const present = rows.filter(({ is_present }) => is_present);
    return {
      examined: rows.length,
      findings: present.map(({ age_ms }) => ({
        object: 'backup_label',
        severity: 'critical',
        summary:
          `backup_label has been in the data directory for ${formatDuration(age_ms ?? 0)}: ` +
          'the next start recovers from the point it names, or fails',
        evidence: { age_ms: Math.round(age_ms ?? 0) },
      })),
    };
  },
});
