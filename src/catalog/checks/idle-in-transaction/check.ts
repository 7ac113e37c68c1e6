// Sessions that sit idle inside an open transaction.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { redactStatement } from '../../../kernel/redact.ts';
import { duration } from '../../../kernel/thresholds.ts';
import { formatDuration, plural } from '../../../kernel/units.ts';
import {
  describeSession,
  isClient,
  parseSession,
  type Session,
} from '../../probes/activity/probe.ts';

const idleStates = ['idle in transaction', 'idle in transaction (aborted)'];

export default defineCheck({
  id: 'idle-in-transaction',
  group: 'activity',
  title: 'Sessions idle in a transaction',
  why: 'An open transaction keeps its locks and holds back vacuum while nobody works in it.',
  remedy:
    'Find out why the application left it open (a missing commit, a call to another system ' +
    'inside the transaction), end the session if others wait for it, and set ' +
    'idle_in_transaction_session_timeout for the application role.',
  nothing: 'no client session but our own is connected',
  probe: 'activity',
  needs: { privilege: 'pg_read_all_stats' },
  thresholds: {
    warning_age: duration('5min', 'Idle for so long is a warning', 'pgMonitor and pgEdge: 300 s'),
    critical_age: duration('15min', 'Idle for so long is critical', 'pgMonitor: 900 s'),
  },
  sources: ['PostgreSQL manual, The Cumulative Statistics System, pg_stat_activity'],
  parse: parseSession,
  judge({ rows }, { thresholds }) {
    const clients = rows.filter(isClient);
    const idle = clients.filter(
      ({ state, state_age_ms }) =>
        idleStates.includes(state ?? '') && (state_age_ms ?? 0) >= thresholds.warning_age,
    );
    return { examined: clients.length, findings: idle.map((s) => finding(s, rows, thresholds)) };
  },
});

function finding(
  session: Session,
  all: readonly Session[],
  thresholds: { readonly critical_age: number },
): FindingDraft {
  const age_ms = session.state_age_ms ?? 0;
  const waiting = all.filter(({ blocked_by }) => blocked_by.includes(session.pid)).length;
  // Without a snapshot, a transaction id or anybody waiting it costs a connection and no more.
  const harms = session.holds_horizon || waiting > 0;
  const effects = [
    waiting > 0 ? `blocks ${plural(waiting, 'session')}` : '',
    session.holds_horizon ? 'holds back vacuum' : '',
  ].filter((effect) => effect !== '');
  return {
    object: `pid ${session.pid}`,
    key: session.backend_start,
    severity: !harms ? 'info' : age_ms >= thresholds.critical_age ? 'critical' : 'warning',
    summary: [
      `${describeSession(session)} is idle in a transaction for ${formatDuration(age_ms)}`,
      ...effects,
    ].join(', '),
    evidence: {
      state_age_ms: Math.round(age_ms),
      transaction_age_ms: Math.round(session.transaction_age_ms ?? age_ms),
      has_written: session.has_xid,
      holds_back_vacuum: session.holds_horizon,
      blocks_sessions: waiting,
      last_statement: redactStatement(session.statement),
    },
  };
}
