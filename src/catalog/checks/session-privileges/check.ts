// Sessions over the network that no privilege holds back.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { boolean, list, number, type RawRow, text } from '../../../kernel/row.ts';
import { names } from '../../../kernel/thresholds.ts';
import { plural } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'session-privileges',
  group: 'security',
  title: 'Sessions over the network with unlimited rights',
  why:
    'A superuser reads and changes everything, runs programs on the host, and no row-level ' +
    'security applies to it. An application that logs in like that turns an SQL injection into ' +
    'the loss of the server.',
  remedy:
    'Let applications log in as roles that own nothing and have only what they use. Let people ' +
    'log in as themselves and take administrator rights with SET ROLE. Allow superusers only ' +
    'from the host itself in pg_hba.conf.',
  nothing: 'no client session but our own is connected',
  needs: { privilege: 'pg_read_all_stats' },
  procedures: ['session-privilege-audit'],
  thresholds: {
    trusted_networks: names(
      ['127.0.0.0/8', '::1/128'],
      'Networks from which such sessions are expected',
      'The host itself',
    ),
  },
  sources: [
    'PostgreSQL manual, Role Attributes',
    'CIS PostgreSQL Benchmark, administrative privileges',
  ],
  parameters: ({ thresholds }) => [thresholds.trusted_networks],
  parse: parseRole,
  judge({ rows, examined }, { baselines }) {
    return { examined, findings: rows.map((row) => finding(row, baselines.application_roles)) };
  },
});

type PrivilegedRole = ReturnType<typeof parseRole>;

function parseRole(row: RawRow) {
  return {
    role: text(row, 'role'),
    is_superuser: boolean(row, 'is_superuser'),
    bypasses_rls: boolean(row, 'bypasses_rls'),
    sessions: number(row, 'sessions'),
    nameless: number(row, 'nameless'),
    addresses: list(row, 'addresses'),
    applications: row['applications'] === null ? [] : list(row, 'applications'),
    databases: list(row, 'databases'),
  };
}

function finding(row: PrivilegedRole, application_roles: readonly string[]): FindingDraft {
  const { role, is_superuser, sessions, addresses } = row;
  const what = is_superuser ? 'superuser' : 'role with BYPASSRLS';
  const isWarning = is_superuser || application_roles.includes(role);
  const shown = addresses.slice(0, 5).join(', ');
  const more = addresses.length > 5 ? ` and ${addresses.length - 5} more` : '';
  return {
    object: `role ${role}`,
    severity: isWarning ? 'warning' : 'info',
    summary: `${what} ${role} has ${plural(sessions, 'session')} from ${shown}${more}`,
    evidence: {
      sessions,
      is_superuser,
      bypasses_row_security: is_superuser || row.bypasses_rls,
      client_addresses: shown,
      applications: row.applications.slice(0, 5).join(', '),
      sessions_without_name: row.nameless,
      databases: row.databases.slice(0, 5).join(', '),
    },
  };
}
