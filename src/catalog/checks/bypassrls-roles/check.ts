// Roles that pass by every policy without being superusers.
import { defineCheck } from '../../../kernel/check.ts';
import { names } from '../../../kernel/thresholds.ts';
import { parseRole } from '../../probes/roles/probe.ts';

export default defineCheck({
  id: 'bypassrls-roles',
  group: 'security',
  title: 'Roles with BYPASSRLS',
  why:
    'Row security, forced or not, does not exist for such a role. A role for backups needs ' +
    'that; anything else that logs in with it sees every tenant.',
  remedy: 'Run ALTER ROLE … NOBYPASSRLS, or allow the role by name if it makes the backups.',
  nothing: 'no role could be read',
  probe: 'roles',
  thresholds: {
    allowed: names([], 'Roles that are meant to have it, such as the one for backups', 'our own'),
  },
  sources: ['PostgreSQL manual, Role Attributes', 'OWASP CheatSheetSeries#2309'],
  parse: parseRole,
  judge({ rows, examined }, { thresholds, baselines }) {
    const exempt = rows.filter(
      ({ name, is_superuser, has_bypassrls }) =>
        has_bypassrls && !is_superuser && !thresholds.allowed.includes(name),
    );
    return {
      examined,
      findings: exempt.map(({ name, can_login, sessions }) => {
        const isApplication = baselines.application_roles.includes(name);
        return {
          object: name,
          severity: isApplication ? 'critical' : 'info',
          summary:
            `${isApplication ? 'application role' : 'role'} ${name} has BYPASSRLS` +
            (can_login ? '' : '; it cannot log in, but its members may become it'),
          evidence: { can_login, sessions, is_application: isApplication },
        };
      }),
    };
  },
});
