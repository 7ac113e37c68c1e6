// Statements of clients that have been running for long.
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
import { type WorkKind, workKind } from '../../probes/activity/work-kind.ts';

export default defineCheck({
  id: 'long-running-query',
  group: 'activity',
  title: 'Statements that run for long',
  why:
    'A statement that never ends keeps its locks and its connection, and no vacuum can remove ' +
    'what it might still want to see.',
  remedy:
    'Find out who waits for the answer. If nobody does any more, cancel the statement; if it is ' +
    'needed, read its plan. Set a statement_timeout for the role of the application, above what ' +
    'its slowest legitimate statement takes.',
  nothing: 'no client session but our own is connected',
  probe: 'activity',
  needs: { privilege: 'pg_read_all_stats' },
  procedures: ['long-running-query-alert'],
  thresholds: {
    warning_age: duration(
      '5min',
      'A statement that runs so long is a warning',
      'supabase inspect, pgEdge: 5 min; PgHero: 60 s',
    ),
    critical_age: duration(
      '1h',
      'A statement that runs so long is critical',
      'Its snapshot holds back vacuum as long; pgMonitor, for reports: 24 h',
    ),
  },
  sources: [
    'PostgreSQL manual, The Cumulative Statistics System, pg_stat_activity',
    'OPMDG/check_pgactivity#371, paradedb/charts#195: a walsender is always active',
  ],
  parse: parseSession,
  judge({ rows }, { thresholds }) {
    const clients = rows.filter(isClient);
    const long = clients.filter(
      (session) => isRunning(session) && (session.query_age_ms ?? 0) >= thresholds.warning_age,
    );
    return { examined: clients.length, findings: long.map((s) => finding(s, rows, thresholds)) };
  },
});

function isRunning({ state }: Session): boolean {
  return state === 'active' || state === 'fastpath function call';
}

const labels: Readonly<Record<WorkKind, string>> = {
  dump: 'has been dumping data for',
  maintenance: 'has been at maintenance for',
  ordinary: 'has been running a statement for',
};

function finding(
  session: Session,
  all: readonly Session[],
  thresholds: { readonly critical_age: number },
): FindingDraft {
  const age_ms = session.query_age_ms ?? 0;
  const kind = workKind(session);
  const isCritical = age_ms >= thresholds.critical_age;
  const waits = session.wait_event_type === 'Lock' ? ', waiting for a lock' : '';
  return {
    object: `pid ${session.pid}`,
    key: session.backend_start,
    severity: kind !== 'ordinary' ? 'info' : isCritical ? 'critical' : 'warning',
    summary: `${describeSession(session)} ${labels[kind]} ${formatDuration(age_ms)}${waits}`,
    evidence: {
      query_age_ms: Math.round(age_ms),
      transaction_age_ms: Math.round(session.transaction_age_ms ?? age_ms),
      kind,
      wait_event: session.wait_event,
      holds_back_vacuum: session.holds_horizon,
      blocks_sessions: all.filter(({ blocked_by }) => blocked_by.includes(session.pid)).length,
      statement: redactStatement(session.statement),
    },
  };
}
