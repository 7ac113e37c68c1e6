// The counters of this database are young: what they say about use and disuse is not yet true.
import { defineCheck } from '../../../kernel/check.ts';
import { number, text } from '../../../kernel/row.ts';
import { duration } from '../../../kernel/thresholds.ts';
import { formatDuration } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'statistics-reset',
  group: 'versions',
  title: 'Statistics were reset',
  why:
    'An index without scans since this morning is not an unused index. After a reset, a crash or ' +
    'a restore, whatever is judged by counters (unused indexes, dead rows, hit ratios) is ' +
    'unreliable, and autovacuum does not know what was waiting.',
  remedy:
    'Wait for a full cycle of the load (a month-end) before you drop anything by these counters. ' +
    'If nobody reset them, look for a crash. Run analyze, so that autovacuum knows the tables.',
  nothing: 'the server does not tell since when its statistics count',
  thresholds: {
    young: duration('7d', 'Counted for less than this', 'less than one week of load'),
  },
  sources: [
    'PostgreSQL manual, pg_stat_database: stats_reset; The Cumulative Statistics System',
    'ankane/pghero#140',
  ],
  parse: (row) => ({
    database: text(row, 'database'),
    since: text(row, 'since'),
    age_ms: number(row, 'age_ms'),
  }),
  judge({ rows }, { thresholds }) {
    const young = rows.filter(({ age_ms }) => age_ms < thresholds.young);
    return {
      examined: rows.length,
      findings: young.map(({ database, since, age_ms }) => ({
        object: database,
        key: since,
        severity: 'info',
        summary: `statistics of ${database} cover only ${formatDuration(age_ms)}`,
        evidence: { age_ms: Math.round(age_ms), counted_since: since },
      })),
    };
  },
});
