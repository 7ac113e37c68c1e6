// Bloat of B-tree indexes, counted page by page.
import { defineCheck } from '../../../kernel/check.ts';
import { number, type RawRow, text } from '../../../kernel/row.ts';
import { percent, size } from '../../../kernel/thresholds.ts';
import { formatCount, formatPercent, formatSize } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'index-bloat-exact',
  group: 'bloat',
  title: 'Bloated indexes, counted',
  why:
    'Most indexes cannot be estimated: their keys repeat, or nobody recorded the width of an ' +
    'expression. Counting their pages tells how much a rebuild gives back.',
  remedy:
    'REINDEX INDEX CONCURRENTLY. It needs room for a second copy of the index; if it fails, it ' +
    'leaves an invalid index behind, which must be dropped.',
  nothing: 'no B-tree index is large enough to be read, or the largest alone is over read_limit',
  lane: 'slow',
  needs: { extensions: ['pgstattuple'], privilege: 'pg_monitor', on_request: true },
  thresholds: {
    warning_percent: percent(
      30,
      'Share that a rebuild would give back',
      'fraud-ops-agent rebuilds at 30 %; random keys settle at about 25 %',
    ),
    warning_size: size('10MB', 'What a rebuild must give back', 'small indexes rebuild themselves'),
    read_limit: size('4GB', 'Indexes are read until they add up to this', 'as table-bloat-exact'),
  },
  procedures: ['index-bloat'],
  sources: [
    'PostgreSQL manual, pgstattuple, pgstatindex: reads the whole index',
    'crystaldba/postgres-mcp#211: indexes with 74 to 91 % deleted pages that nobody reported',
  ],
  parameters: ({ thresholds: { warning_size, read_limit } }) => [warning_size, read_limit],
  parse: (row: RawRow) => ({
    object: text(row, 'object'),
    index_on: text(row, 'index_on'),
    left_out: number(row, 'left_out'),
    size_bytes: number(row, 'size_bytes'),
    density_percent: number(row, 'density_percent'),
    leaf_pages: number(row, 'leaf_pages'),
    empty_pages: number(row, 'empty_pages'),
    fill_percent: number(row, 'fill_percent'),
  }),
  judge: ({ rows, examined }, { thresholds }) => ({
    examined,
    findings: rows.flatMap(({ object, ...row }) => {
      const pages = row.leaf_pages + row.empty_pages;
      const needed = Math.ceil((row.leaf_pages * row.density_percent) / row.fill_percent);
      const wasted_percent = Math.max(0, 100 * (1 - needed / Math.max(1, pages)));
      const wasted_bytes = Math.round((wasted_percent / 100) * row.size_bytes);
      const { warning_percent, warning_size } = thresholds;
      if (wasted_percent < warning_percent || wasted_bytes < warning_size) return [];
      return [
        {
          object,
          severity: 'warning' as const,
          summary:
            `A rebuild of index ${object} gives back ${formatPercent(wasted_percent)} ` +
            `(${formatSize(wasted_bytes)} of ${formatSize(row.size_bytes)}): its leaf pages are ` +
            `${formatPercent(row.density_percent)} full, ${formatCount(row.empty_pages)} are empty`,
          evidence: {
            table: row.index_on,
            size_bytes: row.size_bytes,
            wasted_bytes,
            wasted_percent: Math.round(wasted_percent * 10) / 10,
            density_percent: row.density_percent,
            leaf_pages: row.leaf_pages,
            empty_pages: row.empty_pages,
            indexes_not_read: row.left_out,
          },
        },
      ];
    }),
  }),
});
