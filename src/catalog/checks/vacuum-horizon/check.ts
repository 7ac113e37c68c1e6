// Who keeps vacuum from removing dead rows.
import { defineCheck } from '../../../kernel/check.ts';
import { number, type RawRow, text, textOrNull } from '../../../kernel/row.ts';
import { amount } from '../../../kernel/thresholds.ts';
import { formatCount } from '../../../kernel/units.ts';

const cures: Readonly<Record<string, string>> = {
  session: 'it holds a snapshot or a transaction id',
  'prepared transaction': 'it stays until COMMIT PREPARED or ROLLBACK PREPARED',
  'replication slot': 'a slot holds back vacuum even when nobody is connected to it',
  standby: 'a query on the standby holds it by hot_standby_feedback',
};

export default defineCheck({
  id: 'vacuum-horizon',
  group: 'wraparound',
  title: 'What holds back vacuum',
  why:
    'No vacuum removes a row version younger than the oldest snapshot of the cluster. One ' +
    'forgotten session, slot or prepared transaction bloats every busy table and ages all of them.',
  remedy:
    'End the holder named, after asking its owner: commit or end the session, resolve the ' +
    'prepared transaction, drop the slot that nobody reads, end the long query on the standby.',
  nothing: 'no session is visible',
  needs: { privilege: 'pg_read_all_stats', role: 'primary' },
  thresholds: {
    warning_xids: amount(1_000_000, 'Transactions since then that are a warning', 'Dasha: 1 M'),
    critical_xids: amount(
      50_000_000,
      'Transactions that are critical',
      'a quarter of autovacuum_freeze_max_age',
    ),
  },
  sources: [
    'PostgreSQL manual, pg_stat_activity.backend_xmin, pg_replication_slots.xmin and catalog_xmin',
    'OPMDG/check_pgactivity: oldest_xmin',
  ],
  parameters: ({ thresholds }) => [Math.round(thresholds.warning_xids)],
  parse: (row: RawRow) => ({
    kind: text(row, 'kind'),
    object: text(row, 'object'),
    key: textOrNull(row, 'key'),
    age_xids: number(row, 'age_xids'),
    detail: text(row, 'detail'),
  }),
  judge: ({ rows, examined }, { thresholds }) => ({
    examined,
    findings: rows.map((row) => ({
      object: row.kind === 'session' ? row.object : `${row.kind} ${row.object}`,
      ...(row.key === null ? {} : { key: row.key }),
      severity: row.age_xids >= thresholds.critical_xids ? 'critical' : 'warning',
      summary:
        `${row.kind === 'session' ? '' : `${row.kind} `}${row.object} (${row.detail}) holds ` +
        `back vacuum by ${formatCount(row.age_xids)} transactions: ${cures[row.kind] ?? ''}`,
      evidence: { kind: row.kind, age_xids: row.age_xids, detail: row.detail },
    })),
  }),
});
