// How full the shared lock table is.
import { defineCheck } from '../../../kernel/check.ts';
import { number, numberOrNull, text, textOrNull } from '../../../kernel/row.ts';
import { percent } from '../../../kernel/thresholds.ts';
import { formatCount, formatPercent } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'lock-table-usage',
  group: 'activity',
  title: 'Room in the shared lock table',
  why:
    'The lock table is shared by all sessions and its size is fixed at start. When it is full, ' +
    'any statement of anybody can fail with "out of shared memory".',
  remedy:
    'See which session holds most: a statement over thousands of partitions, or one transaction ' +
    'that touches every table (a dump, a migration). Split it. If such work is regular, raise ' +
    'max_locks_per_transaction; that needs a restart.',
  nothing: 'no lock is held',
  thresholds: {
    warning_percent: percent(
      50,
      'So much of the room taken is a warning',
      'One more session like the largest would fill it; awesome-prometheus-alerts: 20 %',
    ),
    critical_percent: percent(80, 'So much of the room taken is critical', 'Little is left'),
  },
  sources: [
    'PostgreSQL manual, Lock Management, max_locks_per_transaction',
    'check_pgactivity, locks; awesome-prometheus-alerts',
  ],
  parse: (row) => ({
    objects: number(row, 'objects'),
    max_locks_per_transaction: number(row, 'max_locks_per_transaction'),
    max_connections: number(row, 'max_connections'),
    max_prepared_transactions: number(row, 'max_prepared_transactions'),
    holder_pid: numberOrNull(row, 'holder_pid'),
    holder_objects: number(row, 'holder_objects'),
    holder_application: text(row, 'holder_application'),
    holder_role: textOrNull(row, 'holder_role'),
  }),
  judge({ rows: [row] }, { thresholds }) {
    if (row === undefined) return { examined: 0, findings: [] };
    const { objects, ...rest } = row;
    const room =
      rest.max_locks_per_transaction * (rest.max_connections + rest.max_prepared_transactions);
    const used_percent = (100 * objects) / room;
    // The room itself is what is examined: it is there even while nobody holds a lock.
    if (used_percent < thresholds.warning_percent) return { examined: room, findings: [] };
    const isCritical = used_percent >= thresholds.critical_percent;
    const finding = {
      object: 'server',
      severity: isCritical ? ('critical' as const) : ('warning' as const),
      summary:
        `${formatCount(objects)} objects are locked, in a lock table made for ` +
        `${formatCount(room)} (${formatPercent(used_percent)}); pid ${rest.holder_pid} holds ` +
        `${formatCount(rest.holder_objects)} of them`,
      evidence: { used_percent: Math.round(used_percent * 10) / 10, objects, room, ...rest },
    };
    return { examined: room, findings: [finding] };
  },
});
