// Large indexes on nothing but a boolean.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { number, type RawRow, text } from '../../../kernel/row.ts';
import { size } from '../../../kernel/thresholds.ts';
import { formatSize } from '../../../kernel/units.ts';

interface BooleanIndex {
  readonly index: string;
  readonly table: string;
  readonly column: string;
  readonly size_bytes: number;
}

export default defineCheck({
  id: 'index-low-cardinality',
  group: 'indexes',
  title: 'Indexes on a boolean alone',
  why:
    'A boolean has two values. Where both are common the planner reads the table instead; where ' +
    'one is rare, an index of the rare rows alone is a fraction of the size and spares the ' +
    'writes to all others.',
  remedy:
    'Replace it by a partial index whose predicate is the rare value and whose key is what the ' +
    'query sorts by or joins on, or drop it if both values are common.',
  nothing: 'no plain single-column index takes min_size or more',
  lane: 'slow',
  thresholds: {
    min_size: size('10MB', 'A smaller index is not worth a change', 'as index-unused'),
  },
  sources: [
    'PostgreSQL manual, Partial Indexes',
    'mfvanek/pg-index-health: indexes with a boolean',
  ],
  parameters: ({ thresholds }) => [thresholds.min_size],
  parse: (row: RawRow): BooleanIndex => ({
    index: text(row, 'index_name'),
    table: text(row, 'table_name'),
    column: text(row, 'column_name'),
    size_bytes: number(row, 'size_bytes'),
  }),
  judge: ({ rows, examined }) => ({ examined, findings: rows.map(finding) }),
});

function finding({ index, table, column, size_bytes }: BooleanIndex): FindingDraft {
  return {
    object: index,
    severity: 'info',
    summary:
      `${index} on ${table} (${formatSize(size_bytes)}) ` +
      `holds nothing but a boolean, ${column}`,
    evidence: { table, column, size_bytes },
  };
}
