// Tables that take much more space than their rows need.
import { defineCheck } from '../../../kernel/check.ts';
import { quoteIdentifier } from '../../../kernel/identifiers.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import {
  boolean,
  booleanOrNull,
  number,
  numberOrNull,
  type RawRow,
  textOrNull,
} from '../../../kernel/row.ts';
import { percent, size } from '../../../kernel/thresholds.ts';
import { formatSize, plural } from '../../../kernel/units.ts';

type Row = ReturnType<typeof parse>;

export default defineCheck({
  id: 'table-bloat',
  group: 'bloat',
  title: 'Bloated tables',
  why:
    'Vacuum lets new rows use the room of dead ones but hardly ever gives it back. Scans read ' +
    'the empty pages, backups copy them, and they push useful pages out of memory.',
  remedy:
    'Confirm with pgrunbook check --only table-bloat-exact, and cure the cause first: a vacuum ' +
    'held back, or a backfill in one piece. Then rewrite the table: pg_repack, or VACUUM FULL ' +
    'where all access may be locked out and there is disk for a second copy.',
  nothing: 'no user table was ever vacuumed or analyzed, so no size is known',
  lane: 'slow',
  thresholds: {
    warning_percent: percent(30, 'Wasted share of the table', 'the estates: 30 %; temBoard: 30 %'),
    warning_size: size('100MB', 'Waste worth a rewrite', 'ioguix and PgHero: 100 MB'),
    measure_limit: size(
      '256MB',
      'Read at most so much to measure, where pgstattuple is installed; 0 B only estimates',
      'a few seconds of reading, within the time a slow check has',
    ),
  },
  sources: [
    'PostgreSQL manual, Database Page Layout; pgstattuple_approx',
    'ioguix/pgsql-bloat-estimation#24 and NikolayS/postgres_dba#58: wide values mislead estimates',
    'greenplum-db/gpdb#5561: the root of partitions holds nothing itself',
    'cybertec-postgresql/pgwatch2#107: measuring needs a budget',
  ],
  parameters: ({ thresholds: { warning_size, measure_limit, warning_percent } }) => [
    warning_size,
    measure_limit,
    warning_percent,
  ],
  parse,
  judge({ rows, examined }, { thresholds, server }) {
    const [first] = rows;
    const findings = rows.flatMap((row) => (row.object === null ? [] : [finding(row, row.object)]));
    // Those that could not be judged are the large ones: the others being well says nothing.
    if (findings.length > 0 || first === undefined || first.unknown === 0) {
      return { examined, findings };
    }
    const tables = `${plural(first.unknown, 'table')} over ${formatSize(thresholds.warning_size)}`;
    return {
      skipped: first.can_measure
        ? `${tables} cannot be judged within ${formatSize(thresholds.measure_limit)} of reading: ` +
          'raise measure_limit, or --only table-bloat-exact'
        : `${tables} cannot be judged: never analyzed, or statistics that this role may not ` +
          'read; create extension pgstattuple (pg_monitor may use it, given its schema), or ' +
          `grant pg_read_all_data to ${quoteIdentifier(server.user)}`,
    };
  },
});

function parse(row: RawRow) {
  return {
    unknown: number(row, 'unknown'),
    can_measure: boolean(row, 'can_measure'),
    object: textOrNull(row, 'object'),
    is_measured: booleanOrNull(row, 'is_measured') ?? false,
    size_bytes: numberOrNull(row, 'size_bytes') ?? 0,
    least_share: numberOrNull(row, 'least_share') ?? 0,
    most_share: numberOrNull(row, 'most_share') ?? 0,
  };
}

function finding({ is_measured, ...row }: Row, object: string): FindingDraft {
  const least = Math.round(100 * row.least_share);
  const most = Math.round(100 * row.most_share);
  const wasted_bytes = Math.round(row.least_share * row.size_bytes);
  return {
    object,
    severity: 'warning',
    summary: is_measured
      ? `${least} % of ${object} is free or dead space: ${formatSize(wasted_bytes)} of ` +
        `${formatSize(row.size_bytes)}, measured`
      : `${least} to ${most} % of ${object} is free or dead space, by estimate: at least ` +
        `${formatSize(wasted_bytes)} of ${formatSize(row.size_bytes)}`,
    evidence: {
      is_measured,
      size_bytes: Math.round(row.size_bytes),
      wasted_bytes,
      least_percent: least,
      most_percent: most,
    },
  };
}
