// Tables whose indexes take much more space than their rows.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { number, type RawRow, text } from '../../../kernel/row.ts';
import { amount, size } from '../../../kernel/thresholds.ts';
import { formatSize, plural } from '../../../kernel/units.ts';

interface IndexedTable {
  readonly table: string;
  readonly indexes: number;
  readonly index_size_bytes: number;
  /** Rows, with what is kept in TOAST. */
  readonly table_size_bytes: number;
}

export default defineCheck({
  id: 'index-larger-than-table',
  group: 'indexes',
  title: 'Indexes much larger than their table',
  why:
    'Indexes that take several times the space of the rows are bloated, or too many for so ' +
    'narrow a table: they fill memory, backups and WAL more than the data does.',
  remedy:
    'Look for bloat first (index-bloat), and REINDEX INDEX CONCURRENTLY what is bloated; ' +
    'then for indexes that nobody needs (index-unused, index-duplicate, index-redundant).',
  nothing: 'no table has indexes of min_size or more',
  lane: 'slow',
  thresholds: {
    min_size: size('100MB', 'Indexes of a table that take less are not looked at', 'our choice'),
    ratio: amount(2, 'Index space for each byte of rows', 'field practice: twice the heap'),
  },
  sources: ['PostgreSQL manual, pg_class.relpages', 'PostgreSQL manual, Routine Reindexing'],
  parameters: ({ thresholds }) => [thresholds.min_size, thresholds.ratio],
  parse: (row: RawRow): IndexedTable => ({
    table: text(row, 'table_name'),
    indexes: number(row, 'indexes'),
    index_size_bytes: number(row, 'index_size_bytes'),
    table_size_bytes: number(row, 'table_size_bytes'),
  }),
  judge: ({ rows, examined }) => ({ examined, findings: rows.map(finding) }),
});

function finding({ table, indexes, index_size_bytes, table_size_bytes }: IndexedTable) {
  const draft: FindingDraft = {
    object: table,
    severity: 'info',
    summary:
      `${plural(indexes, 'index', 'indexes')} of ${table} take ${formatSize(index_size_bytes)}, ` +
      `its rows ${formatSize(table_size_bytes)}`,
    evidence: { indexes, index_size_bytes, table_size_bytes },
  };
  return draft;
}
