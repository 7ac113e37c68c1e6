// Indexes of partitioned tables that are invalid, because a partition lacks its part.
import { defineCheck } from '../../../kernel/check.ts';
import { boolean, list, number, type RawRow, text } from '../../../kernel/row.ts';
import { plural } from '../../../kernel/units.ts';

interface InvalidParentIndex {
  readonly name: string;
  readonly table: string;
  readonly is_unique: boolean;
  readonly partitions: number;
  /** Partitions without a part of the index. */
  readonly lacking: number;
  /** Three of them. */
  readonly examples: readonly string[];
  readonly has_invalid_part: boolean;
}

export default defineCheck({
  id: 'partition-index-missing',
  group: 'partitions',
  title: 'Indexes that not every partition has',
  why:
    'Queries are slow on the partitions without the index. If it is unique, it does not keep ' +
    'duplicates out of them, and foreign keys and ON CONFLICT cannot use it.',
  remedy:
    'Build the index concurrently on each partition that lacks it, then ALTER INDEX … ATTACH ' +
    'PARTITION. With the last one the index of the table becomes valid by itself.',
  nothing: 'no partitioned table has an index',
  thresholds: {},
  sources: [
    'PostgreSQL manual, Table Partitioning; ALTER INDEX, ATTACH PARTITION',
    'supabase/splinter#179: the index of a partitioned table is no failed build',
  ],
  parse: (row: RawRow): InvalidParentIndex => ({
    name: text(row, 'index_name'),
    table: text(row, 'table_name'),
    is_unique: boolean(row, 'is_unique'),
    partitions: number(row, 'partitions'),
    lacking: number(row, 'lacking'),
    examples: row['examples'] === null ? [] : list(row, 'examples'),
    has_invalid_part: boolean(row, 'has_invalid_part'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map((index) => ({
      object: index.name,
      severity: 'warning',
      summary: `${kindOf(index)} ${index.name} is invalid: ${reason(index)}`,
      evidence: {
        table: index.table,
        is_unique: index.is_unique,
        partitions: index.partitions,
        partitions_without: index.lacking,
      },
    })),
  }),
});

function reason(index: InvalidParentIndex): string {
  const { table, partitions, lacking, examples } = index;
  if (lacking === 0) {
    return index.has_invalid_part
      ? `its part on a partition of ${table} is invalid`
      : `its parts on ${table} are complete, but it was not marked so`;
  }
  const which = examples.join(', ');
  return `${lacking} of ${plural(partitions, 'partition')} of ${table} lack it (${which})`;
}

function kindOf({ is_unique }: { readonly is_unique: boolean }): string {
  return is_unique ? 'unique index' : 'index';
}
