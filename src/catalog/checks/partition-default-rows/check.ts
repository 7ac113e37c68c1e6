// Rows that no partition wanted, and that will be in the way of the partition that does.
import { defineCheck } from '../../../kernel/check.ts';
import { number, type RawRow, text } from '../../../kernel/row.ts';
import { amount } from '../../../kernel/thresholds.ts';
import { plural } from '../../../kernel/units.ts';

interface DefaultPartition {
  readonly name: string;
  readonly table: string;
  /** pg_partitioned_table.partstrat: r range, l list. */
  readonly strategy: string;
  readonly row_count: number;
}

export default defineCheck({
  id: 'partition-default-rows',
  group: 'partitions',
  title: 'Rows in default partitions',
  why:
    'Rows went to the default partition because theirs was missing. Creating it now fails as ' +
    'long as they are there, and reads the whole default partition under an exclusive lock.',
  remedy:
    'See which values they have. Create a table of the partition’s shape, move the rows into it ' +
    'in one transaction, and attach it as the partition they should have had. Then make sure ' +
    'that partitions are created ahead of time.',
  nothing: 'no partitioned table has a default partition',
  thresholds: {
    min_rows: amount(
      1,
      'Estimated rows from which a default partition is told',
      'Any row can keep its partition from being created',
    ),
  },
  sources: ['PostgreSQL manual, Table Partitioning; CREATE TABLE, DEFAULT; ATTACH PARTITION'],
  parameters: ({ thresholds }) => [thresholds.min_rows],
  parse: (row: RawRow): DefaultPartition => ({
    name: text(row, 'partition_name'),
    table: text(row, 'table_name'),
    strategy: text(row, 'strategy'),
    row_count: number(row, 'row_count'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ name, table, strategy, row_count }) => ({
      object: name,
      // For a list of values the default is often meant to be "all others".
      severity: strategy === 'r' ? 'warning' : 'info',
      summary: `about ${plural(row_count, 'row')} of ${table} lie in its default partition ${name}`,
      evidence: { table, row_count, strategy: strategy === 'r' ? 'range' : 'list' },
    })),
  }),
});
