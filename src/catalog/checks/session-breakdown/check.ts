// Who the sessions belong to, told only where the answer is a surprise.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { amount, percent } from '../../../kernel/thresholds.ts';
import { formatPercent, plural } from '../../../kernel/units.ts';
import {
  largest,
  parseSessionGroup,
  type SessionGroup,
  slotsOf,
  sumOf,
} from '../../probes/connections/probe.ts';

export default defineCheck({
  id: 'session-breakdown',
  group: 'connections',
  title: 'Sessions by application and role',
  why:
    'When slots run out the first question is whose sessions they are. One application that can ' +
    'take more than half of the server starves the others, and sessions without a name cannot ' +
    'be told apart at all.',
  remedy:
    'Set application_name in the connection string of every application, with the name of its ' +
    'instance. Bound the greedy one: a smaller pool, or a connection limit for its role.',
  nothing: 'no client session is visible',
  probe: 'connections',
  needs: { privilege: 'pg_read_all_stats' },
  procedures: ['session-breakdown'],
  thresholds: {
    share_percent: percent(
      50,
      'One application with so much of the slots for ordinary roles is reported',
      'The others together have less than one',
    ),
    minimum_sessions: amount(
      20,
      'Groups with fewer sessions are not reported',
      'Usual size of one pool with its overflow',
    ),
    nameless_percent: percent(
      50,
      'A role with so much of its sessions without a name is reported',
      'Most of them cannot be told apart',
    ),
  },
  sources: ['PostgreSQL manual, Error Reporting and Logging, application_name'],
  parse: parseSessionGroup,
  judge({ rows }, { thresholds }) {
    const { sessions } = sumOf(rows);
    const large = rows
      .filter((row) => row.application !== '' && row.sessions >= thresholds.minimum_sessions)
      .map((row) => ({ row, share_percent: (100 * row.sessions) / slotsOf(rows).usable }))
      .filter(({ share_percent }) => share_percent >= thresholds.share_percent)
      .map(({ row, share_percent }) => greedy(row, share_percent));
    const nameless = [...Map.groupBy(rows, ({ role }) => role)]
      .map(([role, groups]) => ({ role, groups, count: namelessOf(groups) }))
      .filter(({ count }) => count >= thresholds.minimum_sessions)
      .filter(
        ({ groups, count }) =>
          (100 * count) / sumOf(groups).sessions >= thresholds.nameless_percent,
      )
      .map(({ role, groups, count }) => unnamed(role ?? '(no role)', groups, count));
    return { examined: sessions, findings: [...large, ...nameless] };
  },
});

function greedy(row: SessionGroup, share_percent: number): FindingDraft {
  const { application, role, database, sessions, active, idle, idle_in_transaction } = row;
  return {
    object: `application ${application}, ${role}@${database}`,
    severity: 'info',
    summary:
      `${application} (${role}@${database}) has ${plural(sessions, 'session')}, ` +
      `${formatPercent(share_percent)} of the slots for ordinary roles`,
    evidence: {
      share_percent: Math.round(share_percent * 10) / 10,
      sessions,
      active,
      idle,
      idle_in_transaction,
    },
  };
}

function namelessOf(groups: readonly SessionGroup[]): number {
  return sumOf(groups.filter(({ application }) => application === '')).sessions;
}

function unnamed(role: string, groups: readonly SessionGroup[], count: number): FindingDraft {
  const { sessions } = sumOf(groups);
  return {
    object: `role ${role}`,
    severity: 'info',
    summary: `${count} of ${plural(sessions, 'session')} of role ${role} give no application name`,
    evidence: {
      sessions_without_name: count,
      sessions,
      by_database: largest(
        groups.filter(({ application }) => application === ''),
        'database',
      ),
    },
  };
}
