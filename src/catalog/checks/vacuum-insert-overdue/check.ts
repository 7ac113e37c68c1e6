// Tables that only grow and that autovacuum should have vacuumed by now.
import { defineCheck } from '../../../kernel/check.ts';
import { number, numberOrNull, type RawRow, text } from '../../../kernel/row.ts';
import { amount, duration } from '../../../kernel/thresholds.ts';
import { formatCount, formatDuration } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'vacuum-insert-overdue',
  group: 'vacuum',
  title: 'Growing tables overdue for vacuum',
  why:
    'Pages that no vacuum has visited are not marked all-visible: index-only scans read the ' +
    'table all the same, and freezing piles up until a wraparound vacuum does it all at once.',
  remedy:
    'VACUUM the table. If it happens again, lower its autovacuum_vacuum_insert_scale_factor and ' +
    'see whether all autovacuum workers are busy: pgrunbook check --only autovacuum-workers-busy.',
  nothing: 'no user table is vacuumed for its inserts',
  thresholds: {
    factor: amount(2, 'Times the table’s own limit for inserts', 'twice the limit is no delay'),
    min_rows: amount(100_000, 'Fewer inserted rows are left out', 'their vacuum takes no time'),
    warning_age: duration('24h', 'A table vacuumed more recently is left out', 'as vacuum-overdue'),
  },
  procedures: ['autovacuum-status'],
  sources: [
    'PostgreSQL manual, The Autovacuum Daemon: insert threshold and scale factor',
    'PostgreSQL manual, Release 18: the share of pages that are not frozen counts',
  ],
  parameters: ({ thresholds: { factor, min_rows, warning_age } }) => [
    factor,
    min_rows,
    warning_age,
  ],
  parse: (row: RawRow) => ({
    object: text(row, 'object'),
    inserted_rows: number(row, 'inserted_rows'),
    limit_rows: number(row, 'limit_rows'),
    last_vacuum_age_ms: numberOrNull(row, 'last_vacuum_age_ms'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ object, inserted_rows, limit_rows, last_vacuum_age_ms: age_ms }) => ({
      object,
      severity: 'warning',
      summary:
        `${formatCount(inserted_rows)} rows were inserted into ${object} since its last vacuum; ` +
        `autovacuum should come at ${formatCount(limit_rows)} (` +
        (age_ms === null
          ? 'not vacuumed since the counters began)'
          : `last vacuumed ${formatDuration(age_ms)} ago)`),
      evidence: {
        inserted_rows,
        limit_rows: Math.round(limit_rows),
        last_vacuum_age_ms: age_ms === null ? null : Math.round(age_ms),
      },
    })),
  }),
});
