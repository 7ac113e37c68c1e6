// Superusers beyond the one that the server was made with.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { names } from '../../../kernel/thresholds.ts';
import { plural } from '../../../kernel/units.ts';
import { parseRole, provider_roles, provider_source, type Role } from '../../probes/roles/probe.ts';

export default defineCheck({
  id: 'superusers',
  group: 'security',
  title: 'More superusers than allowed',
  why:
    'No privilege and no policy binds a superuser, who also runs programs on the host. Each one ' +
    'more is a password more whose loss is the loss of the server.',
  remedy:
    'Run ALTER ROLE … NOSUPERUSER, and grant what the role really does: pg_monitor, ' +
    'pg_read_all_data, pg_maintain, CREATEROLE, or a role of administrators used by SET ROLE.',
  nothing: 'no role could be read',
  probe: 'roles',
  thresholds: {
    allowed: names(
      provider_roles,
      'Superusers that are meant, besides the one that initdb made',
      provider_source,
    ),
  },
  sources: ['PostgreSQL manual, Role Attributes', 'pgwatch, reco_superusers'],
  parse: parseRole,
  judge({ rows, examined }, { thresholds, baselines }) {
    const applications = baselines.application_roles;
    const extra = rows.filter(
      ({ name, is_superuser, is_bootstrap }) =>
        is_superuser &&
        (applications.includes(name) || !(is_bootstrap || thresholds.allowed.includes(name))),
    );
    return {
      examined,
      findings: extra.map((role) => finding(role, applications.includes(role.name))),
    };
  },
});

function finding(role: Role, isApplication: boolean): FindingDraft {
  const { name, can_login, sessions } = role;
  const use = can_login
    ? `may log in (${plural(sessions, 'session')} now)`
    : 'cannot log in, but its members may become it';
  return {
    object: name,
    severity: isApplication ? 'critical' : can_login ? 'warning' : 'info',
    summary: `${isApplication ? 'application role' : 'role'} ${name} is a superuser and ${use}`,
    evidence: { can_login, sessions, is_application: isApplication },
  };
}
