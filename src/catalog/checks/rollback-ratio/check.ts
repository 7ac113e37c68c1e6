// What share of the transactions between two looks was rolled back.
import { defineCheck } from '../../../kernel/check.ts';
import { amount, percent } from '../../../kernel/thresholds.ts';
import { formatCount, formatPercent } from '../../../kernel/units.ts';
import {
  type Change,
  type Counter,
  changesOf,
  noEarlierSample,
  nothingComparable,
  parseDatabaseCounters,
} from '../../probes/database-counters/probe.ts';

export default defineCheck({
  id: 'rollback-ratio',
  group: 'activity',
  title: 'Share of transactions rolled back',
  why:
    'A transaction that is rolled back has cost nearly as much as one that commits, and left ' +
    'dead rows. A share that is high without intent means errors that somebody swallows.',
  remedy:
    'Look into the server log for the errors: constraint violations that the application could ' +
    'ask about first (insert … on conflict), serialization failures, time-outs.',
  nothing: nothingComparable,
  probe: 'database-counters',
  needs: { history: true },
  thresholds: {
    warning_percent: percent(
      10,
      'So much of all transactions rolled back is a warning',
      'awesome-prometheus-alerts: 10 %',
    ),
    critical_percent: percent(
      50,
      'So much of all transactions rolled back is critical',
      'More work is thrown away than kept',
    ),
    minimum_transactions: amount(
      100,
      'With fewer transactions the share says nothing',
      'Our own inspection rolls back some',
    ),
  },
  sources: [
    'PostgreSQL manual, The Cumulative Statistics System, pg_stat_database',
    'awesome-prometheus-alerts; temBoard compares a count, which grows with the load',
  ],
  parse: parseDatabaseCounters,
  judge(facts, { thresholds, previous }) {
    if (previous === undefined) return noEarlierSample;
    const changes = changesOf(facts, previous);
    const findings = changes
      .map(toShare)
      .filter(({ transactions }) => transactions >= thresholds.minimum_transactions)
      .filter(({ share_percent }) => share_percent >= thresholds.warning_percent)
      .map(({ database, transactions, rollbacks, share_percent, elapsed_ms }) => {
        const isCritical = share_percent >= thresholds.critical_percent;
        return {
          object: `database ${database}`,
          severity: isCritical ? ('critical' as const) : ('warning' as const),
          summary:
            `${formatPercent(share_percent)} of ${formatCount(transactions)} transactions in ` +
            `database ${database} were rolled back`,
          evidence: {
            rollback_percent: Math.round(share_percent * 10) / 10,
            rollbacks,
            transactions,
            elapsed_ms: Math.round(elapsed_ms),
          },
        };
      });
    return { examined: changes.length, findings };
  },
});

function toShare({ database, elapsed_ms, of }: Change<Counter>) {
  const rollbacks = of('rollbacks');
  const transactions = rollbacks + of('commits');
  const share_percent = (100 * rollbacks) / Math.max(1, transactions);
  return { database, elapsed_ms, rollbacks, transactions, share_percent };
}
