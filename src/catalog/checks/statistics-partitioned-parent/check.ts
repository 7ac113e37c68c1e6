// Partitioned tables without statistics of the whole: autovacuum never gathers those.
import { defineCheck } from '../../../kernel/check.ts';
import { number, numberOrNull, type RawRow, text } from '../../../kernel/row.ts';
import { amount, percent } from '../../../kernel/thresholds.ts';
import { formatCount, plural } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'statistics-partitioned-parent',
  group: 'vacuum',
  title: 'Partitioned tables not analyzed as a whole',
  why:
    'Autovacuum analyzes partitions and never their parent. Joins and groupings over the parent ' +
    'are planned by the statistics of the whole, which only a manual ANALYZE gathers.',
  remedy:
    'ANALYZE the partitioned table by name, and put that into a schedule: nightly, or after ' +
    'each load. From PostgreSQL 18 on, ANALYZE ONLY leaves out the partitions.',
  nothing: 'no partitioned table holds rows',
  thresholds: {
    min_rows: amount(1_000, 'Rows in all partitions together', 'as for never analyzed'),
    warning_percent: percent(
      50,
      'Growth or loss of rows since the parent was analyzed',
      'half again as many rows: estimates of joins are off by as much',
    ),
  },
  sources: [
    'PostgreSQL manual, The Autovacuum Daemon: partitioned tables are not processed',
    'PostgreSQL manual, ANALYZE: statistics of the inheritance tree',
  ],
  parameters: ({ thresholds }) => [thresholds.min_rows, thresholds.warning_percent],
  parse: (row: RawRow) => ({
    object: text(row, 'object'),
    partitions: number(row, 'partitions'),
    partition_rows: number(row, 'partition_rows'),
    known_rows: numberOrNull(row, 'known_rows'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ object, partitions, partition_rows, known_rows }) => {
      const now = `${formatCount(partition_rows)} rows in ${plural(partitions, 'partition')}`;
      return {
        object,
        severity: 'warning',
        summary:
          known_rows === null
            ? `${object} (${now}) was never analyzed as a whole`
            : `${object} had ${formatCount(known_rows)} rows when it was analyzed; ` +
              `now it has ${now}`,
        evidence: { partitions, partition_rows: Math.round(partition_rows), known_rows },
      };
    }),
  }),
});
