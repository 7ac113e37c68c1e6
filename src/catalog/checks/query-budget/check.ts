// Declared statements that take longer than their owner allows.
import { defineCheck } from '../../../kernel/check.ts';
import type { Facts, FindingDraft } from '../../../kernel/model.ts';
import { number, type RawRow } from '../../../kernel/row.ts';
import { amount } from '../../../kernel/thresholds.ts';
import { formatDuration, plural } from '../../../kernel/units.ts';
import {
  parseStatement,
  type StatementCounters,
  statementNeeds,
  statementsSince,
} from '../../probes/statements/probe.ts';

interface Row extends StatementCounters {
  /** Place of the matching pattern in baselines.queries, from 1. */
  readonly pattern_number: number;
}

export default defineCheck({
  id: 'query-budget',
  group: 'queries',
  title: 'Statements over their budget',
  why:
    'The team declared how long this statement may take on average, and now it takes longer. ' +
    'Users feel it before any server alarm does.',
  remedy:
    'Compare its plan with that of a good day. First suspects: stale statistics, an index that ' +
    'is gone or invalid, more rows than before, waiting for locks, a cold cache.',
  nothing: 'no declared statement ran between the two samples (see baselines.queries)',
  lane: 'slow',
  needs: statementNeeds,
  thresholds: {
    min_calls: amount(10, 'Calls in the window; fewer are left out', 'one cold call is no mean'),
    critical_factor: amount(5, 'Times the budget that are critical', 'users see it hang'),
  },
  procedures: ['query-baseline-budget'],
  sources: [
    'PostgreSQL manual, pg_stat_statements: means only, so a 95th percentile is not known',
    'fraud-ops-agent and apex: budgets by statement',
  ],
  parameters: ({ baselines }) => [baselines.queries.map(({ like }) => like)],
  unconfigured: ({ queries }) =>
    queries.length === 0 ? 'no statement has a budget (baselines.queries)' : undefined,
  parse: (row: RawRow): Row => ({
    ...parseStatement(row),
    pattern_number: number(row, 'pattern_number'),
  }),
  judge(facts, { previous, thresholds, baselines }) {
    if (previous === undefined) return { skipped: 'there is no earlier sample' };
    const measured = baselines.queries.flatMap(({ name, mean_ms: budget_ms }, index) => {
      const of = ({ rows }: Facts<Row>) => {
        const matching = rows.filter((row) => row.pattern_number === index + 1);
        return { rows: matching, examined: matching.length };
      };
      const since = statementsSince(of(facts), of(previous.facts));
      const calls = sum(since, 'calls');
      if (calls < Math.max(1, thresholds.min_calls)) return [];
      const mean_ms = sum(since, 'execution_ms') / calls;
      return [{ name, budget_ms, calls, mean_ms, statements: since.length }];
    });
    const findings = measured
      .filter(({ mean_ms, budget_ms }) => mean_ms > budget_ms)
      .map((one): FindingDraft => {
        const isCritical = one.mean_ms > one.budget_ms * thresholds.critical_factor;
        return {
          object: one.name,
          severity: isCritical ? 'critical' : 'warning',
          summary:
            `"${one.name}" takes ${formatDuration(one.mean_ms)} on average in ` +
            `${plural(one.calls, 'call')}; its budget is ${formatDuration(one.budget_ms)}`,
          evidence: {
            calls: one.calls,
            mean_ms: Math.round(one.mean_ms * 10) / 10,
            budget_ms: one.budget_ms,
            statements: one.statements,
            elapsed_ms: Math.round(previous.elapsed_ms),
          },
        };
      });
    return { examined: measured.length, findings };
  },
});

function sum(rows: readonly StatementCounters[], counter: 'calls' | 'execution_ms'): number {
  return rows.reduce((total, row) => total + row[counter], 0);
}
