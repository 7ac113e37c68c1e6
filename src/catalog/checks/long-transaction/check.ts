// Transactions that have been open for long, in many statements: neither one query nor one pause.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { redactStatement } from '../../../kernel/redact.ts';
import { duration } from '../../../kernel/thresholds.ts';
import { formatDuration } from '../../../kernel/units.ts';
import {
  describeSession,
  isClient,
  parseSession,
  type Session,
} from '../../probes/activity/probe.ts';
import { workKind } from '../../probes/activity/work-kind.ts';

export default defineCheck({
  id: 'long-transaction',
  group: 'activity',
  title: 'Transactions that stay open for long',
  why:
    'A transaction keeps all its locks to its end, and once it has written, vacuum cannot remove ' +
    'any row version that died after it began. Each of its statements may be quick.',
  remedy:
    'Find the job that does so much in one transaction and let it commit in batches. End it only ' +
    'after looking at what it does: a rollback throws away all of its work. On 17 and newer, ' +
    'transaction_timeout sets a limit for the role.',
  nothing: 'no client session but our own is connected',
  probe: 'activity',
  needs: { privilege: 'pg_read_all_stats' },
  thresholds: {
    warning_age: duration(
      '10min',
      'A transaction this old when its present state began is a warning',
      'pgEdge: 10 min; CloudNativePG: 5 min',
    ),
    critical_age: duration(
      '2h',
      'A transaction this old that holds back vacuum is critical',
      'Two hours of dead rows in every busy table',
    ),
  },
  sources: [
    'PostgreSQL manual, The Cumulative Statistics System, pg_stat_activity',
    'PostgreSQL manual, Client Connection Defaults, transaction_timeout',
  ],
  parse: parseSession,
  judge({ rows }, { thresholds }) {
    const clients = rows.filter(isClient);
    const long = clients.filter((session) => ageBefore(session) >= thresholds.warning_age);
    return { examined: clients.length, findings: long.map((s) => finding(s, thresholds)) };
  },
});

// Age when the present statement or pause began. A single long statement or a single long pause is
// told by long-running-query and idle-in-transaction, once.
function ageBefore({ transaction_age_ms, state_age_ms }: Session): number {
  return transaction_age_ms === null ? -1 : transaction_age_ms - (state_age_ms ?? 0);
}

function finding(session: Session, thresholds: { readonly critical_age: number }): FindingDraft {
  const age_ms = session.transaction_age_ms ?? 0;
  const kind = workKind(session);
  const isHarmless = kind === 'dump' || !session.holds_horizon;
  const isCritical = age_ms >= thresholds.critical_age;
  const wrote = session.has_xid ? ', which has written,' : '';
  return {
    object: `pid ${session.pid}`,
    key: session.backend_start,
    severity: isHarmless ? 'info' : isCritical ? 'critical' : 'warning',
    summary:
      `the transaction of ${describeSession(session)}${wrote} ` +
      `has been open for ${formatDuration(age_ms)}`,
    evidence: {
      transaction_age_ms: Math.round(age_ms),
      state: session.state,
      state_age_ms: Math.round(session.state_age_ms ?? 0),
      kind,
      has_written: session.has_xid,
      holds_back_vacuum: session.holds_horizon,
      last_statement: redactStatement(session.statement),
    },
  };
}
