// Application roles that own the tables they work on.
import { defineCheck } from '../../../kernel/check.ts';
import { list, number, type RawRow, text } from '../../../kernel/row.ts';
import { plural } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'application-role-owns-tables',
  group: 'security',
  title: 'Application roles that own tables',
  why:
    'The owner may drop and alter its tables, switch their row security off, and grant them to ' +
    'anyone. An SQL injection in the application can do all that.',
  remedy:
    'Let a role without LOGIN own the tables; migrations SET ROLE to it, the application logs in ' +
    'as another role with SELECT, INSERT, UPDATE and DELETE where it needs them (reassign owned ' +
    'by … to …, then the grants and default privileges).',
  nothing: 'no declared application role exists, or it is a superuser',
  thresholds: {},
  sources: ['PostgreSQL manual, Privileges: what the owner may do cannot be granted or revoked'],
  unconfigured: ({ application_roles }) =>
    application_roles.length === 0
      ? 'no application role is declared (baselines.application_roles in pgrunbook.yaml)'
      : undefined,
  parameters: ({ baselines }) => [baselines.application_roles],
  parse: (row: RawRow) => ({
    role: text(row, 'role'),
    relations: number(row, 'relations'),
    owners: list(row, 'owners'),
    example: text(row, 'example'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ role, relations, owners, example }) => {
      const others = owners.filter((owner) => owner !== role);
      const through = others.length > 0 ? ` as a member of ${others.join(', ')}` : '';
      const count = plural(relations, 'table or view', 'tables and views');
      return {
        object: role,
        severity: 'warning',
        summary: `application role ${role} owns ${count}${through}, such as ${example}`,
        evidence: { relations, owners: owners.join(', '), example },
      };
    }),
  }),
});
