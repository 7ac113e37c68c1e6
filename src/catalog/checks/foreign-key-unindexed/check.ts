// Foreign keys whose columns lead no index of the referencing table.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { boolean, list, number, type RawRow, text } from '../../../kernel/row.ts';
import { amount } from '../../../kernel/thresholds.ts';
import { formatCount, plural } from '../../../kernel/units.ts';

interface UnindexedKey {
  readonly constraint: string;
  readonly table: string;
  readonly referenced_table: string;
  readonly columns: readonly string[];
  /** Of the referencing table, as the last vacuum or analyze estimated it. */
  readonly row_count: number;
  /** Rows deleted from the referenced table since its counters began. */
  readonly referenced_deletes: number;
  readonly on_delete: string;
  /** True where an index leads with one of several columns. */
  readonly is_partly_indexed: boolean;
}

export default defineCheck({
  id: 'foreign-key-unindexed',
  group: 'indexes',
  title: 'Foreign keys without an index',
  why:
    'Each row deleted from the referenced table, and each change of its key, reads the whole ' +
    'referencing table to find the rows that refer to it, and keeps the row locked meanwhile. ' +
    'Joins along the key read the whole table too.',
  remedy:
    'CREATE INDEX CONCURRENTLY on the columns of the key, in any order, before other columns if ' +
    'that serves a query as well.',
  nothing: 'no foreign key belongs to a table of min_rows rows or more',
  lane: 'slow',
  thresholds: {
    min_rows: amount(
      10_000,
      'Rows of the referencing table from which a look-up without an index hurts',
      'PgHero: 10,000 rows; a sequential scan of fewer takes about a millisecond',
    ),
  },
  sources: [
    'PostgreSQL manual, Constraints, Foreign Keys',
    'supabase/splinter 0001: unindexed foreign keys',
  ],
  parameters: ({ thresholds }) => [thresholds.min_rows],
  parse: (row: RawRow): UnindexedKey => ({
    constraint: text(row, 'constraint_name'),
    table: text(row, 'table_name'),
    referenced_table: text(row, 'referenced_table'),
    columns: list(row, 'column_names'),
    row_count: number(row, 'row_count'),
    referenced_deletes: number(row, 'referenced_deletes'),
    on_delete: text(row, 'on_delete'),
    is_partly_indexed: boolean(row, 'is_partly_indexed'),
  }),
  judge: ({ rows, examined }) => ({ examined, findings: rows.map(finding) }),
});

function finding(key: UnindexedKey): FindingDraft {
  const { constraint, table, referenced_table, columns, referenced_deletes } = key;
  const deletes =
    referenced_deletes > 0
      ? `, and ${plural(referenced_deletes, 'row')} of ${referenced_table} were deleted`
      : `; nothing was deleted from ${referenced_table} so far`;
  return {
    object: constraint,
    // The harm is done by deleting: without it, only joins may miss the index.
    severity: referenced_deletes > 0 && !key.is_partly_indexed ? 'warning' : 'info',
    summary:
      `no index of ${table} (${formatCount(key.row_count)} rows) leads with ` +
      `${columns.join(', ')}${deletes}`,
    evidence: {
      table,
      columns: columns.join(', '),
      referenced_table,
      rows: Math.round(key.row_count),
      referenced_deletes,
      on_delete: key.on_delete,
      is_partly_indexed: key.is_partly_indexed,
    },
  };
}
