// The statement that takes most of the server's time.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { duration, percent } from '../../../kernel/thresholds.ts';
import { formatDuration, formatPercent, plural } from '../../../kernel/units.ts';
import {
  nameOf,
  noStatements,
  parseStatement,
  type StatementCounters,
  statementNeeds,
  statementsSince,
} from '../../probes/statements/probe.ts';

export default defineCheck({
  id: 'top-queries',
  group: 'queries',
  title: 'Statements that take most of the time',
  why:
    'One statement that takes a third of all execution time is where work pays: halving it ' +
    'frees a sixth of the server. It need not be slow, only frequent.',
  remedy:
    'Look up its text by the query id in pg_stat_statements and its plan with EXPLAIN. Either ' +
    'it is called too often (a loop in the application), or it reads too much for each call.',
  nothing: noStatements,
  probe: 'statements',
  needs: statementNeeds,
  thresholds: {
    share_percent: percent(33, 'Share of all execution time', 'pg-extras: outliers at 33 %'),
    min_time: duration(
      '5s',
      'Execution time in the window below which all are left out',
      'on an idle server some statement is always the largest',
    ),
  },
  procedures: ['top-queries-total-mean-calls'],
  sources: [
    'PostgreSQL manual, pg_stat_statements',
    'nbari/pg_exporter#31: read without the texts, which may be hundreds of megabytes',
  ],
  parse: parseStatement,
  judge(facts, { previous, thresholds }) {
    if (previous === undefined) return { skipped: 'there is no earlier sample' };
    const since = statementsSince(facts, previous.facts);
    // A function's time holds that of the statements within it: counted once.
    const outer = since.filter(({ is_top_level }) => is_top_level);
    const total_ms = outer.reduce((sum, { execution_ms }) => sum + execution_ms, 0);
    const findings = outer
      .filter(({ execution_ms }) => execution_ms >= thresholds.min_time)
      .filter(({ execution_ms }) => (100 * execution_ms) / total_ms >= thresholds.share_percent)
      .map((statement) => finding(statement, total_ms));
    return { examined: outer.length, findings };
  },
});

function finding(statement: StatementCounters, total_ms: number): FindingDraft {
  const { calls, rows, execution_ms } = statement;
  const share = (100 * execution_ms) / total_ms;
  return {
    object: nameOf(statement),
    severity: 'info',
    summary:
      `${nameOf(statement)} took ${formatPercent(share)} of all execution time: ` +
      `${formatDuration(execution_ms)} in ${plural(calls, 'call')}, ` +
      `${formatDuration(execution_ms / calls)} each`,
    evidence: {
      calls,
      rows,
      execution_ms: Math.round(execution_ms),
      mean_ms: Math.round((1_000 * execution_ms) / calls) / 1_000,
      share_percent: Math.round(share * 10) / 10,
      blocks_per_call: Math.round(statement.blocks / calls),
    },
  };
}
