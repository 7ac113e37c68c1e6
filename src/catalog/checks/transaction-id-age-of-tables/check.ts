// Tables whose rows autovacuum should have frozen by now.
import { defineCheck } from '../../../kernel/check.ts';
import { boolean, number, type RawRow, text } from '../../../kernel/row.ts';
import { percent } from '../../../kernel/thresholds.ts';
import { formatCount, formatPercent, formatSize } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'transaction-id-age-of-tables',
  group: 'wraparound',
  title: 'Tables overdue for freezing',
  why:
    'Past autovacuum_freeze_max_age autovacuum vacuums a table at any cost; a table well past it ' +
    'shows that this vacuum fails, is blocked or is too slow, and it ages the whole cluster.',
  remedy:
    'See whether a vacuum of the table is running (pg_stat_progress_vacuum). If it is, let it ' +
    'end and raise autovacuum_vacuum_cost_limit. If none is, read the log for its error, look ' +
    'for locks that cancel it, and vacuum the table by hand in a quiet hour.',
  nothing: 'there is no table with storage',
  thresholds: {
    warning_percent: percent(
      100,
      'Share of the table’s autovacuum_freeze_max_age that is a warning',
      'pgMonitor: 110 %; autovacuum starts at 100 %',
    ),
    critical_percent: percent(
      100,
      'Share of vacuum_failsafe_age (1.6 billion) that is critical, in percent of it',
      'vacuum_failsafe_age: the server then drops all manners to finish',
    ),
  },
  sources: [
    'PostgreSQL manual, Preventing Transaction ID Wraparound Failures; vacuum_failsafe_age',
    'cybertec-postgresql/pgwatch#450: partitioned tables have no age',
  ],
  parameters: ({ thresholds }) => [thresholds.warning_percent],
  parse: (row: RawRow) => ({
    object: text(row, 'object'),
    age_xids: number(row, 'age_xids'),
    limit_xids: number(row, 'limit_xids'),
    size_bytes: number(row, 'size_bytes'),
    is_toast: boolean(row, 'is_toast'),
  }),
  judge: ({ rows, examined }, { thresholds }) => ({
    examined,
    findings: rows.map((row) => {
      const of_limit_percent = (100 * row.age_xids) / row.limit_xids;
      const isCritical = row.age_xids >= (failsafe_age_xids * thresholds.critical_percent) / 100;
      const what = row.is_toast ? `the TOAST table of ${row.object}` : row.object;
      return {
        object: row.is_toast ? `${row.object} (TOAST)` : row.object,
        severity: isCritical ? 'critical' : 'warning',
        summary:
          `${what} (${formatSize(row.size_bytes)}) was last frozen ${formatCount(row.age_xids)} ` +
          `transactions ago, ${formatPercent(of_limit_percent)} of its limit`,
        evidence: {
          age_xids: row.age_xids,
          limit_xids: row.limit_xids,
          size_bytes: row.size_bytes,
        },
      };
    }),
  }),
});

/** Default of vacuum_failsafe_age. */
const failsafe_age_xids = 1_600_000_000;
