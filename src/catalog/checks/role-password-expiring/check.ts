// Login roles whose password ends soon, or has ended.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { duration } from '../../../kernel/thresholds.ts';
import { formatDuration, plural } from '../../../kernel/units.ts';
import { parseRole, type Role } from '../../probes/roles/probe.ts';

export default defineCheck({
  id: 'role-password-expiring',
  group: 'security',
  title: 'Passwords that expire',
  why:
    'After VALID UNTIL the server refuses the password. Sessions that are connected go on, so ' +
    'the outage comes with the next restart of the application or of its pool.',
  remedy:
    'Rotate with two login roles that share one role of rights, so that no moment is without a ' +
    'valid password; then alter role … valid until the next date.',
  nothing: 'no role could be read',
  probe: 'roles',
  thresholds: {
    soon: duration('7d', 'A password that ends within this time is told', 'postgresqltuner: 7 d'),
  },
  sources: ['PostgreSQL manual, CREATE ROLE, VALID UNTIL', 'postgresqltuner'],
  parse: parseRole,
  judge({ rows, examined }, { thresholds, baselines }) {
    const ending = rows.filter(
      ({ can_login, expires_in_ms }) =>
        can_login && expires_in_ms !== null && expires_in_ms <= thresholds.soon,
    );
    return {
      examined,
      findings: ending.map((role) =>
        finding(role, baselines.application_roles.includes(role.name) || role.sessions > 0),
      ),
    };
  },
});

function finding({ name, expires_in_ms, sessions }: Role, isUsed: boolean): FindingDraft {
  const left_ms = expires_in_ms ?? 0;
  const isOver = left_ms <= 0;
  const time = formatDuration(Math.abs(left_ms));
  const connected = sessions > 0 ? `, while it has ${plural(sessions, 'session')}` : '';
  return {
    object: name,
    // An old date on a role that nobody uses is how people lock one.
    severity: isOver ? (isUsed ? 'critical' : 'info') : 'warning',
    summary: isOver
      ? `the password of ${name} expired ${time} ago${connected}`
      : `the password of ${name} expires in ${time}`,
    evidence: { expires_in_ms: Math.round(left_ms), sessions },
  };
}
