// Databases that fill the disk they lie on.
import { defineCheck } from '../../../kernel/check.ts';
import { numberOrNull, type RawRow, text } from '../../../kernel/row.ts';
import { percent } from '../../../kernel/thresholds.ts';
import { formatPercent, formatSize, plural } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'database-size',
  group: 'io',
  title: 'Databases filling the disk',
  why:
    'When the disk is full, writes fail, and when WAL cannot be written the server stops. The ' +
    'databases alone must leave room for WAL, temporary files and a rewrite of the largest table.',
  remedy:
    'First look for what can be given back: pgrunbook check --only slot-retained-wal --only ' +
    'table-bloat --only index-unused. Then archive old rows, or enlarge the disk in time.',
  nothing: 'this role may not ask for the size of any database',
  lane: 'slow',
  thresholds: {
    warning_percent: percent(80, 'Share of the disk', 'somabrain: 80 %'),
    critical_percent: percent(90, 'Share that is critical', 'somabrain: 90 %'),
  },
  procedures: ['database-size-vs-disk'],
  sources: ['PostgreSQL manual, pg_database_size', 'PostgreSQL manual, Disk Full Failure'],
  unconfigured: ({ disk_bytes }) =>
    disk_bytes === null ? 'the size of the disk is not declared (baselines.disk)' : undefined,
  parse: (row: RawRow) => ({
    database: text(row, 'database'),
    size_bytes: numberOrNull(row, 'size_bytes'),
  }),
  judge({ rows }, { thresholds, baselines: { disk_bytes } }) {
    if (disk_bytes === null) return { skipped: 'the size of the disk is not declared' };
    const known = rows.flatMap(({ database, size_bytes }) =>
      size_bytes === null ? [] : [{ database, size_bytes }],
    );
    const size_bytes = known.reduce((sum, row) => sum + row.size_bytes, 0);
    const used_percent = (100 * size_bytes) / Math.max(1, disk_bytes);
    const hidden = rows.length - known.length;
    if (used_percent < thresholds.warning_percent) {
      if (known.length === 0 || hidden === 0) return { examined: known.length, findings: [] };
      return { skipped: `the size of ${plural(hidden, 'database')} may not be asked for` };
    }
    const largest = known.toSorted((a, b) => b.size_bytes - a.size_bytes)[0];
    return {
      examined: known.length,
      findings: [
        {
          object: 'disk',
          severity: used_percent >= thresholds.critical_percent ? 'critical' : 'warning',
          summary:
            `The databases take ${formatSize(size_bytes)}, ${formatPercent(used_percent)} of ` +
            `the disk of ${formatSize(disk_bytes)}, WAL not counted`,
          evidence: {
            size_bytes,
            disk_bytes,
            used_percent: Math.round(used_percent * 10) / 10,
            databases: known.length,
            databases_hidden: hidden,
            largest_database: largest?.database ?? null,
            largest_bytes: largest?.size_bytes ?? null,
          },
        },
      ],
    };
  },
});
