// Tables whose statistics describe rows that are no longer there.
import { defineCheck } from '../../../kernel/check.ts';
import { number, numberOrNull, type RawRow, text } from '../../../kernel/row.ts';
import { amount, duration, percent } from '../../../kernel/thresholds.ts';
import { formatCount, formatDuration, formatPercent } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'statistics-stale',
  group: 'vacuum',
  title: 'Tables with stale statistics',
  why:
    'The planner still believes the distribution of values it saw at the last ANALYZE. Where a ' +
    'large part of the rows has changed since, a good plan may have turned into a bad one.',
  remedy:
    'ANALYZE the table now. Then see why autovacuum does not: autovacuum_enabled = false on the ' +
    'table, an autovacuum_analyze_threshold out of reach, or workers that are always busy.',
  nothing: 'no user table was analyzed since the counters began',
  thresholds: {
    warning_percent: percent(10, 'Rows changed since the last analyze', 'field practice: 10 %'),
    min_changed_rows: amount(1_000, 'Fewer changed rows are left out', 'as for never analyzed'),
    warning_age: duration(
      '24h',
      'A table analyzed more recently is left to autovacuum; 0 s looks at all',
      'autovacuum looks at every database once a minute: a day is far beyond it',
    ),
  },
  procedures: ['autovacuum-status'],
  sources: [
    'PostgreSQL manual, The Autovacuum Daemon: analyze threshold + scale factor × rows',
    'PostgreSQL manual, pg_stat_all_tables.n_mod_since_analyze: an estimate',
  ],
  parameters: ({ thresholds: { warning_percent, min_changed_rows, warning_age } }) => [
    warning_percent,
    min_changed_rows,
    warning_age,
  ],
  parse: (row: RawRow) => ({
    object: text(row, 'object'),
    known_rows: number(row, 'known_rows'),
    changed_rows: number(row, 'changed_rows'),
    changed_percent: number(row, 'changed_percent'),
    limit_rows: numberOrNull(row, 'limit_rows'),
    last_analyze_age_ms: number(row, 'last_analyze_age_ms'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ object, ...row }) => ({
      object,
      severity: 'warning',
      summary:
        `${formatCount(row.changed_rows)} rows of ${object} ` +
        `(${formatPercent(row.changed_percent)} of what the planner knows) changed since it was ` +
        `analyzed ${formatDuration(row.last_analyze_age_ms)} ago; ` +
        autovacuumSays(row.limit_rows),
      evidence: {
        ...row,
        known_rows: Math.round(row.known_rows),
        changed_percent: Math.round(row.changed_percent * 10) / 10,
        limit_rows: row.limit_rows === null ? null : Math.round(row.limit_rows),
        last_analyze_age_ms: Math.round(row.last_analyze_age_ms),
      },
    })),
  }),
});

function autovacuumSays(limit_rows: number | null): string {
  if (limit_rows === null) return 'autovacuum is off for the table';
  return `autovacuum analyzes it at ${formatCount(limit_rows)}`;
}
