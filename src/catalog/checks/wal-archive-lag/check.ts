// Segments are ready to be archived and wait: the archive falls behind the server.
import { defineCheck } from '../../../kernel/check.ts';
import { boolean, number, numberOrNull, textOrNull } from '../../../kernel/row.ts';
import { amount, duration } from '../../../kernel/thresholds.ts';
import { formatDuration, formatSize, plural } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'wal-archive-lag',
  group: 'wal',
  title: 'WAL waits to be archived',
  why:
    'What is not in the archive yet is lost with the server, and it fills the disk of pg_wal ' +
    'until it is archived.',
  remedy:
    'If archiving fails, repair that first (wal-archive-failing). If it works but is slow or ' +
    'hangs, look at the archive command: the network, the compression, a lock in the repository; ' +
    'use a tool that archives several segments at once (pgBackRest, WAL-G).',
  nothing: 'WAL archiving is off on this server',
  needs: { functions: ['pg_catalog.pg_ls_archive_statusdir()'] },
  thresholds: {
    least_age: duration(
      '1min',
      'Segments that are ready for less are not counted',
      'PostgreSQL source, pgarch.c: the archiver looks at least once a minute',
    ),
    warning_count: amount(10, 'So many segments waiting are a warning', 'temBoard: 10'),
    critical_count: amount(100, 'So many are critical', 'ten times the warning'),
    warning_age: duration(
      '10min',
      'The oldest waits so long',
      'the usual alert of the field: 10 min',
    ),
    critical_age: duration('1h', 'The oldest waits critically long', 'six times the warning'),
  },
  sources: ['PostgreSQL manual, pg_ls_archive_statusdir', 'temBoard, wal_archive probe'],
  parameters: ({ thresholds }) => [thresholds.least_age],
  parse: (row) => ({
    is_active: boolean(row, 'is_active'),
    segment_bytes: number(row, 'segment_bytes'),
    waiting: number(row, 'waiting'),
    oldest: textOrNull(row, 'oldest'),
    oldest_age_ms: numberOrNull(row, 'oldest_age_ms'),
  }),
  judge({ rows }, { thresholds }) {
    const row = rows.find(({ is_active }) => is_active);
    if (row === undefined) return { examined: 0, findings: [] };
    const age_ms = row.oldest_age_ms ?? 0;
    const reaches = (count: number, limit_ms: number) =>
      row.waiting > 0 && (row.waiting >= count || age_ms >= limit_ms);
    if (!reaches(thresholds.warning_count, thresholds.warning_age)) {
      return { examined: 1, findings: [] };
    }
    const isCritical = reaches(thresholds.critical_count, thresholds.critical_age);
    const size_bytes = row.waiting * row.segment_bytes;
    return {
      examined: 1,
      findings: [
        {
          object: 'archiver',
          severity: isCritical ? 'critical' : 'warning',
          summary:
            `${plural(row.waiting, 'WAL segment')} (${formatSize(size_bytes)}) ` +
            `wait to be archived, the oldest for ${formatDuration(age_ms)}`,
          evidence: {
            waiting_segments: row.waiting,
            waiting_size_bytes: size_bytes,
            oldest_segment: row.oldest,
            oldest_age_ms: Math.round(age_ms),
          },
        },
      ],
    };
  },
});
