// Statements that are slow on average and run often.
import { defineCheck } from '../../../kernel/check.ts';
import { amount, duration } from '../../../kernel/thresholds.ts';
import { formatDuration, plural } from '../../../kernel/units.ts';
import {
  nameOf,
  noStatements,
  parseStatement,
  statementNeeds,
  statementsSince,
} from '../../probes/statements/probe.ts';

// The slowest are told; a hundred findings of the same kind help nobody.
const most_findings = 20;

export default defineCheck({
  id: 'slow-queries',
  group: 'queries',
  title: 'Slow statements that run often',
  why:
    'A statement that users wait for, many times an hour, is what makes an application slow. ' +
    'One slow report a day does not.',
  remedy:
    'Look up its text by the query id in pg_stat_statements, and its plan with EXPLAIN ' +
    '(ANALYZE, BUFFERS). A missing index, stale statistics or too many rows are the usual causes.',
  nothing: noStatements,
  probe: 'statements',
  needs: statementNeeds,
  thresholds: {
    warning_mean: duration('20ms', 'Mean execution time in the window', 'PgHero: 20 ms'),
    min_calls: amount(100, 'Calls in the window; fewer are left out', 'PgHero: 100 calls'),
  },
  procedures: ['top-queries-total-mean-calls'],
  sources: ['PostgreSQL manual, pg_stat_statements', 'PgHero: slow queries'],
  parse: parseStatement,
  judge(facts, { previous, thresholds }) {
    if (previous === undefined) return { skipped: 'there is no earlier sample' };
    const since = statementsSince(facts, previous.facts);
    const slow = since
      .map((statement) => ({ statement, mean_ms: statement.execution_ms / statement.calls }))
      .filter(({ statement }) => statement.calls >= Math.max(1, thresholds.min_calls))
      .filter(({ mean_ms }) => mean_ms >= thresholds.warning_mean)
      .toSorted((a, b) => b.statement.execution_ms - a.statement.execution_ms);
    return {
      examined: since.length,
      findings: slow.slice(0, most_findings).map(({ statement, mean_ms }) => ({
        object: nameOf(statement),
        severity: 'warning',
        summary:
          `${nameOf(statement)} takes ${formatDuration(mean_ms)} on average; it ran ` +
          `${plural(statement.calls, 'time')} in ${formatDuration(previous.elapsed_ms)}`,
        evidence: {
          calls: statement.calls,
          mean_ms: Math.round(mean_ms * 10) / 10,
          execution_ms: Math.round(statement.execution_ms),
          rows_per_call: Math.round(statement.rows / statement.calls),
          blocks_per_call: Math.round(statement.blocks / statement.calls),
        },
      })),
    };
  },
});
