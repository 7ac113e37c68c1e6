// Tables that are large, and large against the rest of their database.
import { defineCheck } from '../../../kernel/check.ts';
import { number, type RawRow, text } from '../../../kernel/row.ts';
import { percent, size } from '../../../kernel/thresholds.ts';
import { formatPercent, formatSize } from '../../../kernel/units.ts';

interface LargeTable {
  readonly name: string;
  /** As the last vacuum or analyze counted; sizes too. */
  readonly row_count: number;
  readonly heap_bytes: number;
  readonly toast_bytes: number;
  readonly index_bytes: number;
  readonly share_percent: number;
}

export default defineCheck({
  id: 'largest-tables',
  group: 'tables',
  title: 'Tables that make up most of the database',
  why:
    'One table decides how long backups, restores, vacuums and index builds of the whole ' +
    'database take, and how much free space a rewrite of it needs.',
  remedy:
    'Ask how long its rows are needed. If old ones can go, partition the table by time and drop ' +
    'partitions. Look at its bloat and unused indexes first: that space is free.',
  nothing: 'there is no table',
  procedures: ['largest-tables'],
  thresholds: {
    min_share: percent(
      50,
      'Share of the database from which a table is told',
      'Half of the database is a plain reason to look at one table first',
    ),
    min_size: size(
      '10GB',
      'A smaller table is not told, whatever its share',
      'Below it a dump, a rewrite or an index build takes minutes',
    ),
  },
  sources: [
    'PostgreSQL manual, pg_class.relpages; Table Partitioning',
    'nbari/pg_exporter#23: functions that measure sizes wait for exclusive locks',
  ],
  parameters: ({ thresholds }) => [thresholds.min_share, thresholds.min_size],
  parse: (row: RawRow): LargeTable => ({
    name: text(row, 'table_name'),
    row_count: number(row, 'row_count'),
    heap_bytes: number(row, 'heap_bytes'),
    toast_bytes: number(row, 'toast_bytes'),
    index_bytes: number(row, 'index_bytes'),
    share_percent: number(row, 'share_percent'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ name, row_count, heap_bytes, toast_bytes, index_bytes, ...rest }) => ({
      object: name,
      severity: 'info',
      summary:
        `${name} takes ${formatSize(heap_bytes + toast_bytes + index_bytes)}, ` +
        `${formatPercent(rest.share_percent)} of the database, of it ` +
        `${formatSize(index_bytes)} for indexes`,
      evidence: {
        size_bytes: heap_bytes + toast_bytes + index_bytes,
        heap_bytes,
        toast_bytes,
        index_bytes,
        share_percent: Math.round(rest.share_percent * 10) / 10,
        row_count,
      },
    })),
  }),
});
