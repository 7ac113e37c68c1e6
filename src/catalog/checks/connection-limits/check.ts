// Roles and databases that come near the connection limit of their own.
import { defineCheck } from '../../../kernel/check.ts';
import { number, text } from '../../../kernel/row.ts';
import { percent } from '../../../kernel/thresholds.ts';
import { formatPercent } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'connection-limits',
  group: 'connections',
  title: 'Connection limits of roles and databases',
  why:
    'At its limit a role or a database refuses logins although the server has slots to spare, ' +
    'and the figures of the whole server show nothing.',
  remedy:
    'See whether the sessions are needed: a leak or too many instances of the application. If ' +
    'they are, raise the limit with alter role or alter database; no restart is needed.',
  nothing: 'no role and no database has a connection limit',
  needs: { privilege: 'pg_read_all_stats' },
  thresholds: {
    warning_percent: percent(
      80,
      'So much of a limit reached is a warning',
      'As for the whole server; pigsty: 70 %',
    ),
    critical_percent: percent(
      95,
      'So much of a limit reached is critical',
      'The next burst of logins fails',
    ),
  },
  sources: ['PostgreSQL manual, CREATE ROLE and CREATE DATABASE, CONNECTION LIMIT'],
  parse: (row) => ({
    kind: text(row, 'kind'),
    name: text(row, 'name'),
    limit: number(row, 'connection_limit'),
    sessions: number(row, 'sessions'),
  }),
  judge({ rows, examined }, { thresholds }) {
    const findings = rows
      .map((row) => ({ ...row, used_percent: (100 * row.sessions) / row.limit }))
      .filter(({ used_percent }) => used_percent >= thresholds.warning_percent)
      .map(({ kind, name, limit, sessions, used_percent }) => {
        const isCritical = used_percent >= thresholds.critical_percent;
        return {
          object: `${kind} ${name}`,
          severity: isCritical ? ('critical' as const) : ('warning' as const),
          summary:
            `${kind} ${name} has ${sessions} of the ${limit} sessions it may have ` +
            `(${formatPercent(used_percent)})`,
          evidence: {
            used_percent: Math.round(used_percent * 10) / 10,
            sessions,
            connection_limit: limit,
          },
        };
      });
    return { examined, findings };
  },
});
