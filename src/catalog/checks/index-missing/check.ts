// Large tables that are read from end to end again and again.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { number, type RawRow, text } from '../../../kernel/row.ts';
import { amount, size } from '../../../kernel/thresholds.ts';
import { formatCount, formatDuration, plural } from '../../../kernel/units.ts';

interface TableReads {
  readonly table: string;
  readonly size_bytes: number;
  readonly row_count: number;
  readonly sequential_scans: number;
  readonly sequential_rows: number;
  readonly index_scans: number;
}

export default defineCheck({
  id: 'index-missing',
  group: 'indexes',
  title: 'Large tables read sequentially',
  why:
    'A query without a fitting index reads the whole table. Done often, that costs processor ' +
    'time, pushes other pages out of memory, and gets slower as the table grows.',
  remedy:
    'Find the statements that read this table (pg_stat_statements, or the log), run EXPLAIN on ' +
    'them, and build an index on what they filter by with CREATE INDEX CONCURRENTLY. If they ' +
    'want most of the rows, no index helps: read less, or less often.',
  nothing: 'no table takes min_size or more',
  procedures: ['missing-indexes'],
  needs: { history: true },
  lane: 'slow',
  thresholds: {
    min_size: size('8MB', 'A smaller table is read as fast without an index', '1,000 pages'),
    min_scans: amount(10, 'Fewer scans between two samples say nothing', 'our choice'),
    min_rows_per_scan: amount(
      10_000,
      'Scans that read fewer rows on average are short: a limit, an early end',
      'PgHero: tables of 10,000 rows',
    ),
    min_rows_per_s: amount(10_000, 'Rows read per second worth knowing', 'our choice'),
    warning_rows_per_s: amount(
      1_000_000,
      'Rows read per second that are a warning',
      'a core reads some millions of rows a second: a sizeable part of one',
    ),
  },
  sources: ['PostgreSQL manual, The Cumulative Statistics System, pg_stat_all_tables'],
  parameters: ({ thresholds }) => [thresholds.min_size],
  parse: (row: RawRow): TableReads => ({
    table: text(row, 'table_name'),
    size_bytes: number(row, 'size_bytes'),
    row_count: number(row, 'row_count'),
    sequential_scans: number(row, 'sequential_scans'),
    sequential_rows: number(row, 'sequential_rows'),
    index_scans: number(row, 'index_scans'),
  }),
  judge({ rows }, { thresholds, previous }) {
    if (previous === undefined || previous.elapsed_ms <= 0) {
      return { skipped: 'no earlier sample to compare with' };
    }
    const earlier = new Map(previous.facts.rows.map((row) => [row.table, row]));
    const windows = rows.flatMap((row) => {
      const before = earlier.get(row.table);
      return before === undefined ? [] : readsBetween(before, row, previous.elapsed_ms);
    });
    const found = windows.filter(
      ({ scans, rows_per_scan, rows_per_s }) =>
        scans >= Math.max(1, thresholds.min_scans) &&
        rows_per_scan >= thresholds.min_rows_per_scan &&
        rows_per_s >= thresholds.min_rows_per_s,
    );
    return {
      examined: windows.length,
      findings: found.map((reads) => finding(reads, thresholds.warning_rows_per_s)),
    };
  },
});

interface Reads {
  readonly table: TableReads;
  readonly scans: number;
  readonly index_scans: number;
  readonly rows_per_scan: number;
  readonly rows_per_s: number;
  readonly elapsed_ms: number;
}

// Counters that went back were reset in between: nothing can be told of that table.
function readsBetween(before: TableReads, now: TableReads, elapsed_ms: number): readonly Reads[] {
  const scans = now.sequential_scans - before.sequential_scans;
  const rows = now.sequential_rows - before.sequential_rows;
  if (scans < 0 || rows < 0) return [];
  return [
    {
      table: now,
      scans,
      index_scans: Math.max(0, now.index_scans - before.index_scans),
      rows_per_scan: scans === 0 ? 0 : rows / scans,
      rows_per_s: (1_000 * rows) / elapsed_ms,
      elapsed_ms,
    },
  ];
}

function finding(reads: Reads, warning_rows_per_s: number): FindingDraft {
  const { table, scans, index_scans, rows_per_scan, rows_per_s, elapsed_ms } = reads;
  return {
    object: table.table,
    severity: rows_per_s >= warning_rows_per_s ? 'warning' : 'info',
    summary:
      `${table.table} was read sequentially ${plural(scans, 'time')} in ` +
      `${formatDuration(elapsed_ms)}, ${formatCount(rows_per_scan)} rows each time`,
    evidence: {
      sequential_scans: scans,
      index_scans,
      rows_per_scan: Math.round(rows_per_scan),
      rows_per_s: Math.round(rows_per_s),
      table_rows: Math.round(table.row_count),
      size_bytes: table.size_bytes,
      elapsed_ms: Math.round(elapsed_ms),
    },
  };
}
