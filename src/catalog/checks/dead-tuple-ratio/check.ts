// Tables in which dead rows are a large share.
import { defineCheck } from '../../../kernel/check.ts';
import { number, numberOrNull, type RawRow, text } from '../../../kernel/row.ts';
import { amount, percent } from '../../../kernel/thresholds.ts';
import { formatCount, formatPercent } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'dead-tuple-ratio',
  group: 'vacuum',
  title: 'Tables with many dead rows',
  why:
    'Every scan reads dead rows too. Where they are a large share, queries slow down and the ' +
    'table grows although its data does not.',
  remedy:
    'See whether something holds back vacuum (pgrunbook check --only vacuum-horizon); otherwise ' +
    'VACUUM (ANALYZE) the table and give it a smaller autovacuum_vacuum_scale_factor.',
  nothing: 'there is no user table',
  thresholds: {
    warning_percent: percent(10, 'Dead rows of all rows, live and dead', 'fraud-ops-agent: 10 %'),
    critical_percent: percent(50, 'Share that is critical', 'half of what is read is dead'),
    min_dead_rows: amount(10_000, 'Tables with fewer are left out', 'pgEdge: 10 % and 10,000 rows'),
  },
  procedures: ['dead-tuple-ratio-alert'],
  sources: ['PostgreSQL manual, pg_stat_all_tables.n_dead_tup: an estimate'],
  parameters: ({ thresholds }) => [thresholds.min_dead_rows, thresholds.warning_percent],
  parse: (row: RawRow) => ({
    object: text(row, 'object'),
    dead_rows: number(row, 'dead_rows'),
    live_rows: number(row, 'live_rows'),
    dead_percent: number(row, 'dead_percent'),
    last_vacuum_age_ms: numberOrNull(row, 'last_vacuum_age_ms'),
  }),
  judge: ({ rows, examined }, { thresholds }) => ({
    examined,
    findings: rows.map(({ object, ...row }) => ({
      object,
      severity: row.dead_percent >= thresholds.critical_percent ? 'critical' : 'warning',
      summary:
        `${formatPercent(row.dead_percent)} of the rows of ${object} are dead ` +
        `(${formatCount(row.dead_rows)} dead, ${formatCount(row.live_rows)} live)`,
      evidence: { ...row, dead_percent: Math.round(row.dead_percent * 10) / 10 },
    })),
  }),
});
