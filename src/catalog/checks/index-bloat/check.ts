// B-tree indexes that take much more space than their entries need.
import { defineCheck } from '../../../kernel/check.ts';
import { number, numberOrNull, type RawRow, textOrNull } from '../../../kernel/row.ts';
import { percent, size } from '../../../kernel/thresholds.ts';
import { formatSize, plural } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'index-bloat',
  group: 'bloat',
  title: 'Bloated indexes',
  why:
    'A page of a B-tree is given back only when it is quite empty. After a large delete or many ' +
    'updates the index stays as large as it was, on disk and in memory.',
  remedy:
    'Confirm with pgrunbook check --only index-bloat-exact, then REINDEX INDEX CONCURRENTLY. It ' +
    'needs room for a second copy, and no lock that stops reads or writes.',
  nothing: 'no B-tree index on a user table can be judged from statistics',
  lane: 'slow',
  thresholds: {
    warning_percent: percent(50, 'Wasted share of the index', 'temBoard: 50 %; random keys: 25 %'),
    warning_size: size('100MB', 'Waste worth a rebuild', 'PgHero: 100 MB'),
  },
  procedures: ['index-bloat'],
  sources: [
    'PostgreSQL manual, B-Tree Indexes, Implementation: deduplication; page layout',
    'OPMDG/check_pgactivity#264: since deduplication, estimates of non-unique indexes are void',
    'crystaldba/postgres-mcp#211: none found among none examined',
  ],
  parameters: ({ thresholds }) => [thresholds.warning_size, thresholds.warning_percent],
  parse: (row: RawRow) => ({
    unknown: number(row, 'unknown'),
    object: textOrNull(row, 'object'),
    index_on: textOrNull(row, 'index_on'),
    size_bytes: numberOrNull(row, 'size_bytes') ?? 0,
    least_share: numberOrNull(row, 'least_share') ?? 0,
    most_share: numberOrNull(row, 'most_share') ?? 0,
  }),
  judge({ rows, examined }, { thresholds }) {
    const unknown = rows[0]?.unknown ?? 0;
    const findings = rows.flatMap(({ object, index_on, ...row }) => {
      if (object === null) return [];
      const least_percent = Math.round(100 * row.least_share);
      const most_percent = Math.round(100 * row.most_share);
      const wasted_bytes = Math.round(row.least_share * row.size_bytes);
      return [
        {
          object,
          severity: 'warning' as const,
          summary:
            `${least_percent} to ${most_percent} % of index ${object} is empty, by estimate: at ` +
            `least ${formatSize(wasted_bytes)} of ${formatSize(row.size_bytes)}`,
          evidence: {
            table: index_on,
            size_bytes: row.size_bytes,
            wasted_bytes,
            least_percent,
            most_percent,
            indexes_not_judged: unknown,
          },
        },
      ];
    });
    // Those that could not be judged are the large ones: the others being well says nothing.
    if (findings.length > 0 || unknown === 0) return { examined, findings };
    const indexes = plural(unknown, 'index', 'indexes');
    return {
      skipped:
        `${indexes} over ${formatSize(thresholds.warning_size)} cannot be estimated (not unique, ` +
        'an expression, or no readable statistics): --only index-bloat-exact counts',
    };
  },
});
