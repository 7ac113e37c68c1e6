// Statements on a standby that recovery cancelled between two looks.
import { defineCheck } from '../../../kernel/check.ts';
import { number, type RawRow, text, textOrNull } from '../../../kernel/row.ts';
import { amount } from '../../../kernel/thresholds.ts';
import { formatDuration, plural } from '../../../kernel/units.ts';
import {
  changesOf,
  noEarlierSample,
  nothingComparable,
  type Reading,
} from '../../probes/database-counters/probe.ts';

const reasons = [
  'tablespace',
  'lock',
  'snapshot',
  'bufferpin',
  'deadlock',
  'logical_slot',
] as const;
type Reason = (typeof reasons)[number];

export default defineCheck({
  id: 'recovery-conflicts',
  group: 'replication',
  title: 'Statements cancelled by recovery',
  why:
    'A standby must replay what the primary did. A statement that stands in the way longer than ' +
    'max_standby_streaming_delay is cancelled, however important its answer was.',
  remedy:
    'Snapshot: turn hot_standby_feedback on (the primary then keeps dead rows for the standby), ' +
    'or allow a longer delay on a standby that is there for reports. Lock: run DDL on the ' +
    'primary when no reports run. Let the application retry on SQLSTATE 40001.',
  nothing: nothingComparable,
  needs: { role: 'standby', history: true },
  thresholds: {
    info_count: amount(1, 'So many between the samples are told', 'Any is an error for a user'),
    warning_count: amount(10, 'So many between the samples are a warning', 'No longer by chance'),
  },
  sources: ['PostgreSQL manual, Hot Standby, Handling Query Conflicts; pg_stat_database_conflicts'],
  parse: parseConflicts,
  judge(facts, { thresholds, previous }) {
    if (previous === undefined) return noEarlierSample;
    const changes = changesOf<Reason>(facts, previous);
    const findings = changes
      .map(({ database, elapsed_ms, of }) => {
        const counts = Object.fromEntries(reasons.map((reason) => [reason, of(reason)]));
        const sum = reasons.reduce((total, reason) => total + of(reason), 0);
        return { database, elapsed_ms, counts, sum };
      })
      .filter(({ sum }) => sum > 0 && sum >= thresholds.info_count)
      .map(({ database, elapsed_ms, counts, sum }) => {
        const named = Object.entries(counts).filter(([, count]) => count > 0);
        return {
          object: `database ${database}`,
          severity: sum >= thresholds.warning_count ? ('warning' as const) : ('info' as const),
          summary:
            `recovery cancelled ${plural(sum, 'statement')} in database ${database} within ` +
            `${formatDuration(elapsed_ms)}: ` +
            named.map(([reason, count]) => `${count} for ${reason}`).join(', '),
          evidence: { conflicts: sum, ...counts, elapsed_ms: Math.round(elapsed_ms) },
        };
      });
    return { examined: changes.length, findings };
  },
});

function parseConflicts(row: RawRow): Reading {
  return {
    database: text(row, 'database'),
    reset_at: textOrNull(row, 'reset_at'),
    counts: new Map(reasons.map((name) => [name, number(row, name)])),
  };
}
