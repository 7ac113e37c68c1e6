// A rate of transactions far from what this server usually does.
import { defineCheck } from '../../../kernel/check.ts';
import { duration, percent } from '../../../kernel/thresholds.ts';
import { formatCount, formatDuration, formatPercent } from '../../../kernel/units.ts';
import {
  changesOf,
  noEarlierSample,
  nothingComparable,
  parseDatabaseCounters,
  perSecond,
} from '../../probes/database-counters/probe.ts';

export default defineCheck({
  id: 'transaction-rate',
  group: 'activity',
  title: 'Unusual rate of transactions',
  why:
    'Half of the usual transactions means that users or workers do not get through; twice as ' +
    'many means a retry storm, a loop, or a day that needs capacity.',
  remedy:
    'Too few: look upstream, at pools and at blocked sessions. Too many: group pg_stat_activity ' +
    'by application_name and compare with pgrunbook check --only top-queries.',
  nothing: nothingComparable,
  probe: 'database-counters',
  needs: { history: true },
  thresholds: {
    info_percent: percent(20, 'Deviation that is worth knowing', 'somabrain: ±20 % is normal'),
    warning_percent: percent(50, 'Deviation that is a warning', 'somabrain: alert at ±50 %'),
    min_window: duration('10s', 'A shorter window is no rate', 'statistics arrive each second'),
  },
  procedures: ['transaction-rate-deviation'],
  sources: ['PostgreSQL manual, pg_stat_database: xact_commit, xact_rollback'],
  unconfigured: ({ transactions_per_second }) =>
    transactions_per_second === null
      ? 'the usual rate is not declared (baselines.transactions_per_second)'
      : undefined,
  parse: parseDatabaseCounters,
  judge(facts, { thresholds, previous, baselines }) {
    const usual = baselines.transactions_per_second;
    if (previous === undefined || usual === null) return noEarlierSample;
    if (previous.elapsed_ms < thresholds.min_window) {
      return { skipped: `the samples are only ${formatDuration(previous.elapsed_ms)} apart` };
    }
    const changes = changesOf(facts, previous);
    if (changes.length === 0) return { examined: 0, findings: [] };
    const count = changes.reduce((sum, { of }) => sum + of('commits') + of('rollbacks'), 0);
    const rate = perSecond(count, previous.elapsed_ms);
    const deviation = (100 * (rate - usual)) / Math.max(usual, 1e-9);
    if (Math.abs(deviation) < thresholds.info_percent) {
      return { examined: changes.length, findings: [] };
    }
    const side = deviation > 0 ? 'above' : 'below';
    return {
      examined: changes.length,
      findings: [
        {
          object: 'transactions',
          severity: Math.abs(deviation) >= thresholds.warning_percent ? 'warning' : 'info',
          summary:
            `${formatCount(rate)} transactions a second, ${formatPercent(Math.abs(deviation))} ` +
            `${side} the usual ${formatCount(usual)}`,
          evidence: {
            transactions: count,
            transactions_per_second: Math.round(rate * 10) / 10,
            usual_per_second: usual,
            deviation_percent: Math.round(deviation * 10) / 10,
            elapsed_ms: Math.round(previous.elapsed_ms),
          },
        },
      ],
    };
  },
});
