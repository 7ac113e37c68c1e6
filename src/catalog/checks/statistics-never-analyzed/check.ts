// Tables that hold rows and that the planner knows nothing about.
import { defineCheck } from '../../../kernel/check.ts';
import { number, type RawRow, text } from '../../../kernel/row.ts';
import { amount } from '../../../kernel/thresholds.ts';
import { plural } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'statistics-never-analyzed',
  group: 'vacuum',
  title: 'Tables never analyzed',
  why:
    'Without statistics the planner guesses how many rows a condition leaves, and may read a ' +
    'whole table for one row or loop millions of times.',
  remedy:
    'ANALYZE the table; it takes seconds and blocks no reader or writer. Then find out why ' +
    'autovacuum did not: it is off for the table, its limit is out of reach, or it is behind.',
  nothing: 'no user table holds a row',
  thresholds: {
    min_rows: amount(1_000, 'Smaller tables are left out', 'field practice: 1,000 rows'),
  },
  sources: [
    'PostgreSQL manual, Updating Planner Statistics; pg_stat_all_tables',
    'PostgreSQL manual, pg_class.reltuples: -1 until the first VACUUM or ANALYZE, since 14',
  ],
  parameters: ({ thresholds }) => [thresholds.min_rows],
  parse: (row: RawRow) => ({ object: text(row, 'object'), live_rows: number(row, 'live_rows') }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ object, live_rows }) => ({
      object,
      severity: 'warning',
      summary: `${object} has ${plural(live_rows, 'row')} and was never analyzed`,
      evidence: { live_rows },
    })),
  }),
});
