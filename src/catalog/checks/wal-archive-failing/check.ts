// The archiver's last attempt failed: WAL piles up and the point one can recover to stands still.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { duration } from '../../../kernel/thresholds.ts';
import { formatDuration } from '../../../kernel/units.ts';
import { type Archiving, isFailing, parseArchiving } from '../../probes/archiving/probe.ts';

export default defineCheck({
  id: 'wal-archive-failing',
  group: 'wal',
  title: 'WAL archiving fails',
  why:
    'A segment that cannot be archived is kept in pg_wal and tried again for ever: nothing ' +
    'committed since can be recovered from the archive, and in the end the disk is full.',
  remedy:
    'Read the server log for the message of archive_command: it names the cause (credentials, ' +
    'a full or missing destination, a file that exists already). Repair that; the archiver tries ' +
    'again within a minute. Never delete files of pg_wal by hand.',
  nothing: 'WAL archiving is off on this server',
  probe: 'archiving',
  thresholds: {
    critical_age: duration('5min', 'No success for so long is critical', 'pgMonitor: 300 s'),
    stale_age: duration(
      '10min',
      'A failure older than this is over: the archiver tries again every minute',
      'PostgreSQL source, pgarch.c: PGARCH_AUTOWAKE_INTERVAL is 60 s',
    ),
  },
  procedures: ['backup-freshness'],
  sources: [
    'PostgreSQL manual, pg_stat_archiver; Continuous Archiving',
    'pgMonitor, archive rules',
  ],
  parse: parseArchiving,
  judge({ rows }, { thresholds }) {
    const active = rows.filter(({ is_active }) => is_active);
    const failing = active.filter(
      (row) => isFailing(row) && (row.last_failed_age_ms ?? 0) <= thresholds.stale_age,
    );
    return {
      examined: active.length,
      findings: failing.map((row) => finding(row, thresholds.critical_age)),
    };
  },
});

function finding(archiver: Archiving, critical_age_ms: number): FindingDraft {
  const success_age_ms = archiver.last_archived_age_ms;
  const since =
    success_age_ms === null
      ? 'nothing was ever archived'
      : `the last success was ${formatDuration(success_age_ms)} ago`;
  return {
    object: 'archiver',
    severity: (success_age_ms ?? Infinity) >= critical_age_ms ? 'critical' : 'warning',
    summary: `archiving ${archiver.last_failed_wal ?? 'WAL'} failed, and ${since}`,
    evidence: {
      last_failed_wal: archiver.last_failed_wal,
      last_failed_age_ms: Math.round(archiver.last_failed_age_ms ?? 0),
      last_archived_age_ms: success_age_ms === null ? null : Math.round(success_age_ms),
      failed_count: archiver.failed_count,
      archived_count: archiver.archived_count,
    },
  };
}
