// Statements that are forgotten before anybody looks at them.
import { defineCheck } from '../../../kernel/check.ts';
import { number, type RawRow, textOrNull } from '../../../kernel/row.ts';
import { amount } from '../../../kernel/thresholds.ts';
import { formatCount, formatDuration, plural } from '../../../kernel/units.ts';
import { statementNeeds } from '../../probes/statements/probe.ts';

export default defineCheck({
  id: 'statements-evictions',
  group: 'queries',
  title: 'Statements forgotten by pg_stat_statements',
  why:
    'When it is full, pg_stat_statements throws away the least used 5 % of its entries, under a ' +
    'lock that every statement needs. Counters then have holes, and the server pays for it.',
  remedy:
    'Find what makes so many different statements, mostly lists of literals or generated column ' +
    'lists, and bind values instead: = any ($1). Otherwise raise pg_stat_statements.max, which ' +
    'needs a restart.',
  nothing: 'pg_stat_statements_info gave no row',
  needs: statementNeeds,
  thresholds: {
    warning_per_hour: amount(
      12,
      'Evictions in an hour',
      'each drops 5 % of the entries: at one in five minutes, all are new within two hours',
    ),
    least_evictions: amount(2, 'Fewer in the window are no rate', 'a single one may be chance'),
  },
  sources: ['PostgreSQL manual, pg_stat_statements_info.dealloc', 'check_pgactivity: pgss_dealloc'],
  parse: (row: RawRow) => ({
    evictions: number(row, 'evictions'),
    reset_at: textOrNull(row, 'reset_at'),
    max_statements: number(row, 'max_statements'),
  }),
  judge({ rows: [now] }, { previous, thresholds }) {
    const before = previous?.facts.rows[0];
    if (now === undefined || before === undefined || previous === undefined) {
      return { skipped: 'there is no earlier sample of these counters' };
    }
    if (now.reset_at !== before.reset_at || now.evictions < before.evictions) {
      return { skipped: 'pg_stat_statements was reset between the two samples' };
    }
    const evictions = now.evictions - before.evictions;
    const per_hour = (3_600_000 * evictions) / Math.max(1, previous.elapsed_ms);
    if (evictions < thresholds.least_evictions || per_hour < thresholds.warning_per_hour) {
      return { examined: 1, findings: [] };
    }
    return {
      examined: 1,
      findings: [
        {
          object: 'pg_stat_statements.max',
          severity: 'warning',
          summary:
            `pg_stat_statements made room ${plural(evictions, 'time')} in ` +
            `${formatDuration(previous.elapsed_ms)}: it holds ` +
            `${formatCount(now.max_statements)} statements, and there are more`,
          evidence: {
            evictions,
            evictions_per_hour: Math.round(per_hour),
            max_statements: now.max_statements,
            elapsed_ms: Math.round(previous.elapsed_ms),
          },
        },
      ],
    };
  },
});
