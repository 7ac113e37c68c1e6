// Tables that autovacuum should have vacuumed by now.
import { defineCheck } from '../../../kernel/check.ts';
import { number, numberOrNull, type RawRow, text } from '../../../kernel/row.ts';
import { amount, duration } from '../../../kernel/thresholds.ts';
import { formatCount, formatDuration } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'vacuum-overdue',
  group: 'vacuum',
  title: 'Tables overdue for vacuum',
  why:
    'Autovacuum falls behind on this table: it is too slow, always busy elsewhere, or it runs ' +
    'and can remove nothing because an old transaction still sees the dead rows.',
  remedy:
    'First see what holds the horizon: pgrunbook check --only vacuum-horizon. Then VACUUM the ' +
    'table, and lower its autovacuum_vacuum_scale_factor or raise autovacuum_vacuum_cost_limit.',
  nothing: 'there is no user table',
  thresholds: {
    factor: amount(1, 'Times the table’s own autovacuum limit', 'the limit itself'),
    min_dead_rows: amount(10_000, 'Fewer dead rows are left to autovacuum', 'procgenie: 10,000'),
    warning_age: duration('24h', 'Age of the last vacuum that is a warning', 'pgEdge: 24 h'),
  },
  procedures: ['autovacuum-status'],
  sources: [
    'PostgreSQL manual, The Autovacuum Daemon: threshold + scale factor × rows',
    'PostgreSQL manual, Release 18: autovacuum_vacuum_max_threshold',
  ],
  parameters: ({ thresholds: { factor, min_dead_rows, warning_age } }) => [
    factor,
    min_dead_rows,
    warning_age,
  ],
  parse: (row: RawRow) => ({
    object: text(row, 'object'),
    dead_rows: number(row, 'dead_rows'),
    limit_rows: number(row, 'limit_rows'),
    last_vacuum_age_ms: numberOrNull(row, 'last_vacuum_age_ms'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map((row) => {
      const { object, dead_rows, limit_rows, last_vacuum_age_ms } = row;
      const last =
        last_vacuum_age_ms === null
          ? 'never vacuumed since statistics began'
          : `last vacuumed ${formatDuration(last_vacuum_age_ms)} ago`;
      return {
        object,
        severity: 'warning',
        summary:
          `${object} has ${formatCount(dead_rows)} dead rows; autovacuum should start at ` +
          `${formatCount(limit_rows)} (${last})`,
        evidence: { dead_rows, limit_rows: Math.round(limit_rows), last_vacuum_age_ms },
      };
    }),
  }),
});
