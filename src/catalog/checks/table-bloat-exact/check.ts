// Bloat of tables, counted page by page.
import { defineCheck } from '../../../kernel/check.ts';
import { number, type RawRow, text } from '../../../kernel/row.ts';
import { percent, size } from '../../../kernel/thresholds.ts';
import { formatPercent, formatSize } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'table-bloat-exact',
  group: 'bloat',
  title: 'Bloated tables, counted',
  why:
    'A rewrite costs a lock or hours of copying. Before one, count what it would give back ' +
    'instead of estimating it.',
  remedy:
    'Rewrite the table with pg_repack, or with VACUUM FULL in a window where nobody needs it; ' +
    'VACUUM it first if most of the waste is dead rows and not free space.',
  nothing: 'no table is large enough to be measured, or the largest alone is over read_limit',
  lane: 'slow',
  needs: { extensions: ['pgstattuple'], privilege: 'pg_monitor', on_request: true },
  thresholds: {
    warning_percent: percent(30, 'Wasted share of the table', 'the estates: 30 %; temBoard: 30 %'),
    warning_size: size('100MB', 'Waste worth a rewrite', 'ioguix and PgHero: 100 MB'),
    read_limit: size(
      '4GB',
      'Tables are read, the largest first, until their sizes add up to this',
      'about the time a slow check has, on a disk of 200 MB/s',
    ),
  },
  sources: [
    'PostgreSQL manual, pgstattuple: reads the whole table, page by page',
    'OPMDG/check_pgactivity#448: estimates of tables with JSON are dubious',
  ],
  parameters: ({ thresholds: { warning_size, read_limit } }) => [warning_size, read_limit],
  parse: (row: RawRow) => ({
    object: text(row, 'object'),
    left_out: number(row, 'left_out'),
    size_bytes: number(row, 'size_bytes'),
    free_bytes: number(row, 'free_bytes'),
    dead_bytes: number(row, 'dead_bytes'),
    wasted_bytes: number(row, 'wasted_bytes'),
  }),
  judge: ({ rows, examined }, { thresholds }) => ({
    examined,
    findings: rows.flatMap(({ object, left_out, ...row }) => {
      const wasted_percent = (100 * row.wasted_bytes) / Math.max(1, row.size_bytes);
      const { warning_percent, warning_size } = thresholds;
      if (wasted_percent < warning_percent || row.wasted_bytes < warning_size) return [];
      return [
        {
          object,
          severity: 'warning' as const,
          summary:
            `${formatPercent(wasted_percent)} of ${object} is free or dead space: ` +
            `${formatSize(row.wasted_bytes)} of ${formatSize(row.size_bytes)}`,
          evidence: {
            ...row,
            wasted_bytes: Math.round(row.wasted_bytes),
            wasted_percent: Math.round(wasted_percent * 10) / 10,
            tables_not_read: left_out,
          },
        },
      ];
    }),
  }),
});
