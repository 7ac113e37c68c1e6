// How much the statements between two looks spilled into temporary files.
import { defineCheck } from '../../../kernel/check.ts';
import { size } from '../../../kernel/thresholds.ts';
import { formatDuration, formatSize, plural } from '../../../kernel/units.ts';
import {
  changesOf,
  noEarlierSample,
  nothingComparable,
  parseDatabaseCounters,
  perSecond,
} from '../../probes/database-counters/probe.ts';

export default defineCheck({
  id: 'temporary-files',
  group: 'activity',
  title: 'Data spilled to temporary files',
  why:
    'A sort or hash that does not fit into work_mem goes to disk and back: the statement gets ' +
    'slow, and everybody shares the disk. Enough of it fills the volume.',
  remedy:
    'Find the statements (log_temp_files, or temp_blks_written of pg_stat_statements). An index ' +
    'in the right order or a filter that comes earlier helps most; else raise work_mem for the ' +
    'role or the statement, not for everybody. temp_file_limit protects the volume.',
  nothing: nothingComparable,
  probe: 'database-counters',
  needs: { history: true },
  thresholds: {
    warning_per_second: size(
      '5MB',
      'So much written in a second, on average, is a warning',
      'A tenth of what a slow cloud volume writes; temBoard: 10 MB between two samples',
    ),
    minimum_size: size(
      '100MB',
      'Less than this in the whole time is not reported',
      'One large report may spill',
    ),
  },
  sources: [
    'PostgreSQL manual, pg_stat_database; work_mem; temp_file_limit; log_temp_files',
    'temBoard; pgEdge',
  ],
  parse: parseDatabaseCounters,
  judge(facts, { thresholds, previous }) {
    if (previous === undefined) return noEarlierSample;
    const changes = changesOf(facts, previous);
    const findings = changes
      .map(({ database, elapsed_ms, of }) => {
        const size_bytes = of('temp_bytes');
        const rate = perSecond(size_bytes, elapsed_ms);
        return { database, elapsed_ms, size_bytes, rate, files: of('temp_files') };
      })
      .filter(({ size_bytes }) => size_bytes > 0 && size_bytes >= thresholds.minimum_size)
      .filter(({ rate }) => rate >= thresholds.warning_per_second)
      .map(({ database, elapsed_ms, size_bytes, rate, files }) => ({
        object: `database ${database}`,
        severity: 'warning' as const,
        summary:
          `statements in database ${database} wrote ${formatSize(size_bytes)} in ` +
          `${plural(files, 'temporary file')} within ${formatDuration(elapsed_ms)}`,
        evidence: {
          temporary_files: files,
          size_bytes,
          mean_file_bytes: Math.round(size_bytes / Math.max(1, files)),
          bytes_per_second: Math.round(rate),
          elapsed_ms: Math.round(elapsed_ms),
        },
      }));
    return { examined: changes.length, findings };
  },
});
