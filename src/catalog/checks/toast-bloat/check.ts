// Waste in the side tables that hold large values.
import { defineCheck } from '../../../kernel/check.ts';
import { number, numberOrNull, type RawRow, textOrNull } from '../../../kernel/row.ts';
import { percent, size } from '../../../kernel/thresholds.ts';
import { formatPercent, formatSize, plural } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'toast-bloat',
  group: 'bloat',
  title: 'Bloated TOAST tables',
  why:
    'Large values live in a side table of their own. Each update of such a value writes all of ' +
    'it anew, so the side table can be many times larger than its contents while the table ' +
    'itself looks well.',
  remedy:
    'Rewrite the table that owns it with pg_repack, or VACUUM FULL in a window: both rewrite ' +
    'its TOAST table too. Then let autovacuum come earlier: toast.autovacuum_vacuum_scale_factor.',
  nothing: 'no user table has large values stored apart',
  lane: 'slow',
  needs: { extensions: ['pgstattuple'], privilege: 'pg_monitor' },
  thresholds: {
    warning_percent: percent(50, 'Wasted share', 'temBoard: 30 % is a warning, 50 % critical'),
    warning_size: size('100MB', 'Waste worth a rewrite', 'as table-bloat'),
    measure_limit: size('256MB', 'Pages not all-visible that may be read', 'as table-bloat'),
  },
  sources: [
    'PostgreSQL manual, TOAST; pgstattuple_approx, of TOAST tables since 13',
    'keithf4/pg_bloat_check#15: 124 GB of waste that nobody saw',
  ],
  parameters: ({ thresholds }) => [thresholds.warning_size, thresholds.measure_limit],
  parse: (row: RawRow) => ({
    left_out: number(row, 'left_out'),
    object: textOrNull(row, 'object'),
    size_bytes: numberOrNull(row, 'size_bytes') ?? 0,
    wasted_bytes: numberOrNull(row, 'wasted_bytes') ?? 0,
  }),
  judge({ rows, examined }, { thresholds }) {
    const { warning_percent, warning_size, measure_limit } = thresholds;
    const left_out = rows[0]?.left_out ?? 0;
    const findings = rows.flatMap(({ object, size_bytes, wasted_bytes }) => {
      const wasted_percent = (100 * wasted_bytes) / Math.max(1, size_bytes);
      if (object === null || wasted_percent < warning_percent || wasted_bytes < warning_size) {
        return [];
      }
      return [
        {
          object,
          severity: 'warning' as const,
          summary:
            `${formatPercent(wasted_percent)} of the TOAST table of ${object} is free or dead ` +
            `space: ${formatSize(wasted_bytes)} of ${formatSize(size_bytes)}`,
          evidence: {
            size_bytes,
            wasted_bytes: Math.round(wasted_bytes),
            wasted_percent: Math.round(wasted_percent * 10) / 10,
          },
        },
      ];
    });
    if (findings.length > 0 || left_out === 0) return { examined, findings };
    const tables = `${plural(left_out, 'TOAST table')} over ${formatSize(warning_size)}`;
    return {
      skipped:
        `${tables} cannot be measured within ${formatSize(measure_limit)} of reading: vacuum ` +
        'them, which marks pages all-visible, or raise measure_limit',
    };
  },
});
