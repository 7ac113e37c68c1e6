// System catalogs full of dead rows or empty pages.
import { defineCheck } from '../../../kernel/check.ts';
import { number, numberOrNull, type RawRow, text } from '../../../kernel/row.ts';
import { amount, percent, size } from '../../../kernel/thresholds.ts';
import { formatCount, formatPercent, formatSize } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'catalog-bloat',
  group: 'bloat',
  title: 'Bloated system catalogs',
  why:
    'Every plan, every new connection and every monitoring query reads the catalogs. Temporary ' +
    'tables made by the thousand, or a held-back vacuum, can make them gigabytes large.',
  remedy:
    'Find what creates and drops so many objects, mostly temporary tables, and let it truncate ' +
    'instead. VACUUM the catalog; VACUUM FULL pg_class only in a window: all sessions wait for it.',
  nothing: 'the statistics know no system catalog',
  thresholds: {
    dead_percent: percent(50, 'Dead rows of all rows', 'half of what is read is dead'),
    min_dead_rows: amount(10_000, 'Fewer dead rows are left out', 'as dead-tuple-ratio'),
    min_size: size('100MB', 'Size from which empty pages count', 'checks of the field: 100 MB'),
    bytes_per_row: amount(
      2_000,
      'A large catalog with more bytes than this for each row is mostly empty',
      'pgmetrics#42: four megabytes a row; rows of catalogs take 100 to 500',
    ),
  },
  sources: [
    'rapidloop/pgmetrics#42: pg_class with 7.4 million dead rows and 295 live ones',
    'PostgreSQL manual, pg_stat_sys_tables',
  ],
  parameters: ({ thresholds }) => [thresholds.min_dead_rows, thresholds.min_size],
  parse: (row: RawRow) => ({
    object: text(row, 'object'),
    size_bytes: number(row, 'size_bytes'),
    dead_rows: number(row, 'dead_rows'),
    live_rows: number(row, 'live_rows'),
    bytes_per_row: numberOrNull(row, 'bytes_per_row'),
  }),
  judge: ({ rows, examined }, { thresholds }) => ({
    examined,
    findings: rows.flatMap(({ object, ...row }) => {
      const dead_percent = (100 * row.dead_rows) / Math.max(1, row.dead_rows + row.live_rows);
      const isDead =
        row.dead_rows >= thresholds.min_dead_rows && dead_percent >= thresholds.dead_percent;
      const isEmpty =
        row.size_bytes >= thresholds.min_size &&
        (row.bytes_per_row ?? 0) > thresholds.bytes_per_row;
      if (!isDead && !isEmpty) return [];
      const rest = isDead
        ? `${formatPercent(dead_percent)} of its rows are dead (${formatCount(row.dead_rows)})`
        : `${formatSize(row.bytes_per_row ?? 0)} for each row`;
      return [
        {
          object,
          severity: 'warning' as const,
          summary: `${object} takes ${formatSize(row.size_bytes)}: ${rest}`,
          evidence: {
            ...row,
            bytes_per_row: row.bytes_per_row === null ? null : Math.round(row.bytes_per_row),
            dead_percent: Math.round(dead_percent * 10) / 10,
          },
        },
      ];
    }),
  }),
});
