// Tables with so many indexes that writing to them is dear.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { number, type RawRow, text } from '../../../kernel/row.ts';
import { amount } from '../../../kernel/thresholds.ts';
import { formatPercent, plural } from '../../../kernel/units.ts';

interface ManyIndexes {
  readonly table: string;
  readonly indexes: number;
  /** Rows inserted and updated since the counters began. */
  readonly row_writes: number;
  readonly row_updates: number;
  /** Updates that had to write to no index. */
  readonly hot_updates: number;
}

export default defineCheck({
  id: 'index-too-many',
  group: 'indexes',
  title: 'Tables with many indexes',
  why:
    'Every insert writes to every index, and every update that changes an indexed column does ' +
    'too. Each index adds to the WAL, to vacuum and to the time the planner takes.',
  remedy:
    'See what index-unused, index-duplicate and index-redundant say about the table, and merge ' +
    'single-column indexes that always serve together into one of several columns.',
  nothing: 'no table has an index',
  lane: 'slow',
  thresholds: {
    most: amount(10, 'Indexes of a table, primary key included', 'field practice: 10'),
  },
  sources: ['PostgreSQL manual, Indexes, Introduction', 'PostgreSQL manual, Heap-Only Tuples'],
  parameters: ({ thresholds }) => [thresholds.most],
  parse: (row: RawRow): ManyIndexes => ({
    table: text(row, 'table_name'),
    indexes: number(row, 'indexes'),
    row_writes: number(row, 'row_writes'),
    row_updates: number(row, 'row_updates'),
    hot_updates: number(row, 'hot_updates'),
  }),
  judge: ({ rows, examined }) => ({ examined, findings: rows.map(finding) }),
});

function finding({ table, indexes, row_writes, row_updates, hot_updates }: ManyIndexes) {
  const hot_percent = row_updates === 0 ? null : (100 * hot_updates) / row_updates;
  const updates =
    hot_percent === null ? '' : `, and ${formatPercent(hot_percent)} of its updates spare them`;
  const draft: FindingDraft = {
    object: table,
    severity: 'info',
    summary: `${table} has ${plural(indexes, 'index', 'indexes')}${updates}`,
    evidence: {
      indexes,
      row_writes,
      row_updates,
      hot_percent: hot_percent === null ? null : Math.round(hot_percent * 10) / 10,
    },
  };
  return draft;
}
