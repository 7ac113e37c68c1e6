// Large indexes that no query has scanned for a long time and that nothing else needs.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { size } from '../../../kernel/thresholds.ts';
import { formatDuration, formatSize, plural } from '../../../kernel/units.ts';
import {
  type IndexUsage,
  parseIndexUsage,
  tooYoung,
  type UnscannedIndex,
  usageParameters,
  usageThresholds,
} from '../../probes/index-usage/probe.ts';

export default defineCheck({
  id: 'index-unused',
  group: 'indexes',
  title: 'Unused indexes',
  why:
    'Every insert and most updates write to the index, vacuum reads it, and it takes disk and ' +
    'memory; no query has used it for as long as the counters reach back.',
  remedy:
    'Ask who made it and for what: a yearly report, a standby, an emergency. Keep its ' +
    'definition, then DROP INDEX CONCURRENTLY, and watch the queries for a week.',
  nothing: 'every index enforces a constraint or supports a foreign key',
  procedures: ['unused-indexes'],
  probe: 'index-usage',
  // On a standby the counters tell only what the standby itself was asked.
  needs: { role: 'primary' },
  thresholds: {
    min_size: size('10MB', 'A smaller index is not worth a finding', 'PgHero: 10 MB'),
    ...usageThresholds,
  },
  sources: [
    'PostgreSQL manual, The Cumulative Statistics System, pg_stat_all_indexes',
    'OPMDG/check_pgactivity#420: an index that backs a constraint is not unused',
    'ankane/pghero#140: after a restore every index seems unused',
    'mfvanek/pg-index-health#586: scans of partitions belong to the partitioned index',
  ],
  parameters: ({ thresholds, server }) => usageParameters(thresholds, server),
  parse: parseIndexUsage,
  judge({ rows, examined }, { thresholds }) {
    const [first] = rows;
    if (examined === 0 || first === undefined) return { examined: 0, findings: [] };
    if (!first.counting.is_long_enough) {
      return { skipped: tooYoung(first.counting, thresholds.min_window) };
    }
    const findings = rows.flatMap((row) =>
      row.unscanned !== undefined && row.unscanned.size_bytes >= thresholds.min_size
        ? [finding(row.unscanned, row)]
        : [],
    );
    return { examined, findings };
  },
});

function finding(unscanned: UnscannedIndex, { counting, standbys }: IndexUsage): FindingDraft {
  const { index, table, parts, size_bytes, table_writes, last_scan_age_ms } = unscanned;
  const since_ms = last_scan_age_ms ?? counting.window_ms ?? 0;
  const here = standbys > 0 ? 'on this server ' : '';
  const remarks = [
    parts > 1 ? `in none of ${plural(parts, 'partition')}` : '',
    table_writes > 0 ? `${plural(table_writes, 'row')} of ${table} were written meanwhile` : '',
    standbys > 0 ? `${plural(standbys, 'standby', 'standbys')} may use it, uncounted here` : '',
  ].filter((remark) => remark !== '');
  return {
    object: index,
    // Without writes it costs only space; with standbys nobody can tell from here.
    severity: table_writes > 0 && standbys === 0 ? 'warning' : 'info',
    summary: [
      `${index} (${formatSize(size_bytes)}) was not scanned ${here}for ${formatDuration(since_ms)}`,
      ...remarks,
    ].join(', '),
    evidence: {
      table,
      size_bytes,
      parts,
      table_writes,
      counted_ms: Math.round(counting.window_ms ?? 0),
      last_scan_age_ms: last_scan_age_ms === null ? null : Math.round(last_scan_age_ms),
      standbys,
      definition: unscanned.definition,
    },
  };
}
