// Roles that may read or write files of the server's host, or run programs on it.
import { defineCheck } from '../../../kernel/check.ts';
import { names } from '../../../kernel/thresholds.ts';
import { parseRole, provider_roles, provider_source } from '../../probes/roles/probe.ts';

export default defineCheck({
  id: 'role-membership-dangerous',
  group: 'security',
  title: 'Roles with access to the host of the server',
  why:
    'COPY … PROGRAM gives a shell as the user of the server, and writing a file is nearly as ' +
    'good: either leads to superuser rights. Reading files shows keys, and data past all grants.',
  remedy:
    'Revoke the membership. Let clients use \\copy, which reads and writes files of their own ' +
    'host.',
  nothing: 'no role could be read',
  probe: 'roles',
  thresholds: {
    allowed: names(provider_roles, 'Roles that are meant to have it', provider_source),
  },
  sources: ['PostgreSQL manual, Predefined Roles: they can be used to gain superuser-level access'],
  parse: parseRole,
  judge({ rows, examined }, { thresholds, baselines }) {
    const powerful = rows.filter(
      ({ name, is_superuser, powers }) =>
        powers.length > 0 && !is_superuser && !thresholds.allowed.includes(name),
    );
    return {
      examined,
      findings: powerful.map(({ name, powers, can_login, sessions }) => {
        const isApplication = baselines.application_roles.includes(name);
        return {
          object: name,
          severity: isApplication ? 'critical' : can_login ? 'warning' : 'info',
          summary: `${name} is a member of ${powers.join(', ')}`,
          evidence: { powers: powers.join(', '), can_login, sessions },
        };
      }),
    };
  },
});
