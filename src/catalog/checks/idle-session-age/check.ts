// Sessions that nobody has used for long, by application and role.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { amount, duration, names } from '../../../kernel/thresholds.ts';
import { formatDuration, plural } from '../../../kernel/units.ts';
import { isClient, parseSession, type Session } from '../../probes/activity/probe.ts';

export default defineCheck({
  id: 'idle-session-age',
  group: 'connections',
  title: 'Sessions that have been idle for long',
  why:
    'An idle session occupies a slot and keeps the memory of everything it ever cached. Many of ' +
    'them are what is left of a leak, of instances that are gone, or of pools that are too large.',
  remedy:
    'Ask whether the application still runs where the sessions come from. Let its pool close ' +
    'what it does not use, or set idle_session_timeout for its role (not for a role that a ' +
    'pooler logs in with).',
  nothing: 'no client session but our own is connected',
  probe: 'activity',
  needs: { privilege: 'pg_read_all_stats' },
  thresholds: {
    idle_age: duration('1h', 'Unused for so long a session counts as idle', 'pgFirstAid: 1 h'),
    minimum_sessions: amount(
      5,
      'So many idle sessions of one application and role are reported',
      'Fewer cost less than the time to look at them',
    ),
    ignored_applications: names(
      [],
      'Names of applications whose sessions may be idle, such as that of a pooler',
      'A pooler keeps sessions open by design',
    ),
  },
  sources: [
    'PostgreSQL manual, Client Connection Defaults, idle_session_timeout',
    'The age counts from state_change: query_start would call a session idle while it worked',
  ],
  parse: parseSession,
  judge({ rows }, { thresholds }) {
    const clients = rows.filter(isClient);
    const idle = clients.filter(
      ({ state, state_age_ms, application }) =>
        state === 'idle' &&
        (state_age_ms ?? 0) >= thresholds.idle_age &&
        !thresholds.ignored_applications.includes(application),
    );
    const groups = Map.groupBy(idle, ({ application, role }) =>
      JSON.stringify([application, role]),
    );
    const findings = [...groups.values()]
      .filter((group) => group.length >= thresholds.minimum_sessions)
      .map((group) => finding(group, clients));
    return { examined: clients.length, findings };
  },
});

function finding(group: readonly Session[], clients: readonly Session[]): FindingDraft {
  const oldest = group.toSorted((a, b) => (b.state_age_ms ?? 0) - (a.state_age_ms ?? 0));
  const [first] = oldest;
  const age_ms = first?.state_age_ms ?? 0;
  const application = first?.application || '(no application name)';
  const role = first?.role ?? '(no role)';
  const all = clients.filter(
    (one) => one.application === first?.application && one.role === first.role,
  );
  const addresses = new Set(group.map(({ client_address }) => client_address ?? 'local'));
  return {
    object: `${application}, role ${role}`,
    severity: 'info',
    summary:
      `${plural(group.length, 'session')} of ${application} (role ${role}) have been idle for ` +
      `long, the longest for ${formatDuration(age_ms)}`,
    evidence: {
      idle_sessions: group.length,
      all_sessions: all.length,
      longest_idle_ms: Math.round(age_ms),
      client_addresses: [...addresses].slice(0, 5).join(', '),
      pids: oldest
        .slice(0, 20)
        .map(({ pid }) => pid)
        .join(', '),
    },
  };
}
