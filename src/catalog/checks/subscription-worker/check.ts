// Logical subscriptions that are enabled and apply nothing, or that an error switched off.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { boolean, numberOrNull, type RawRow, text } from '../../../kernel/row.ts';
import { duration } from '../../../kernel/thresholds.ts';
import { formatDuration, plural } from '../../../kernel/units.ts';

interface Subscription {
  readonly name: string;
  readonly database: string;
  readonly is_enabled: boolean;
  /** True where disable_on_error did it, as far as the counters tell. */
  readonly is_disabled_by_error: boolean;
  readonly has_worker: boolean;
  /** Since the publisher's last word. */
  readonly silent_ms: number | null;
  /** Since the counters began; null before 15, which does not count. */
  readonly apply_errors: number | null;
  readonly sync_errors: number | null;
}

export default defineCheck({
  id: 'subscription-worker',
  group: 'replication',
  title: 'Subscriptions that do not apply',
  why:
    'The subscriber falls behind for ever, and the slot on the publisher keeps WAL for it until ' +
    'the disk over there is full.',
  remedy:
    'Read the log of this server: a unique violation, a missing column or a lost slot names ' +
    'itself there. Repair the row or the table; only if a transaction must be left out, skip it ' +
    'by alter subscription … skip (15 and newer). A subscription that disabled itself must be ' +
    'enabled again by hand.',
  nothing: 'no subscription exists, or all are disabled',
  needs: { privilege: 'pg_read_all_stats' },
  thresholds: {
    silent_age: duration(
      '2min',
      'No word from the publisher for so long',
      'twice wal_receiver_timeout, after which the worker gives up',
    ),
  },
  procedures: ['replication-lag'],
  sources: [
    'PostgreSQL manual, pg_stat_subscription; pg_stat_subscription_stats; Conflicts',
    'pgEdge workbench',
  ],
  parse: (row: RawRow): Subscription => ({
    name: text(row, 'name'),
    database: text(row, 'database'),
    is_enabled: boolean(row, 'is_enabled'),
    is_disabled_by_error: boolean(row, 'is_disabled_by_error'),
    has_worker: boolean(row, 'has_worker'),
    silent_ms: numberOrNull(row, 'silent_ms'),
    apply_errors: numberOrNull(row, 'apply_errors'),
    sync_errors: numberOrNull(row, 'sync_errors'),
  }),
  judge({ rows }, { thresholds }) {
    const wanted = rows.filter((one) => one.is_enabled || one.is_disabled_by_error);
    const findings = wanted.flatMap((one): readonly FindingDraft[] => {
      const what = fault(one, thresholds.silent_age);
      return what === undefined ? [] : [finding(one, what)];
    });
    return { examined: wanted.length, findings };
  },
});

// A worker that fails is started again after 5 s and fails again: mostly there is none to be seen.
function fault(one: Subscription, most_silent_ms: number): string | undefined {
  if (one.is_disabled_by_error) return 'disabled itself after an error';
  if (!one.has_worker) return 'is enabled and has no apply worker';
  if (one.silent_ms === null || one.silent_ms < most_silent_ms) return undefined;
  return `has heard nothing from its publisher for ${formatDuration(one.silent_ms)}`;
}

function finding(one: Subscription, what: string): FindingDraft {
  const { name, database, has_worker, silent_ms, apply_errors, sync_errors } = one;
  const errors = (apply_errors ?? 0) + (sync_errors ?? 0);
  return {
    object: name,
    key: database,
    severity: has_worker ? 'warning' : 'critical',
    summary:
      `subscription ${name} of database ${database} ${what}` +
      (errors > 0 ? ` (${plural(errors, 'error')} so far)` : ''),
    evidence: {
      database,
      has_worker,
      silent_ms: silent_ms === null ? null : Math.round(silent_ms),
      apply_errors,
      sync_errors,
    },
  };
}
