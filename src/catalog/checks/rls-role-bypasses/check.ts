// Application roles that row security does not bind.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { boolean, list, number, type RawRow, text } from '../../../kernel/row.ts';
import { plural } from '../../../kernel/units.ts';

interface ApplicationRole {
  readonly name: string;
  readonly is_superuser: boolean;
  readonly has_bypassrls: boolean;
  readonly secured_tables: number;
  /** Tables with row security, not forced, whose owner's rights it has. */
  readonly unforced_tables: number;
  readonly examples: readonly string[];
  /** Exempt roles that it may SET ROLE to. */
  readonly may_become: readonly string[];
}

export default defineCheck({
  id: 'rls-role-bypasses',
  group: 'row-level-security',
  title: 'Application roles that bypass row security',
  why:
    'A superuser, a role with BYPASSRLS and the owner of a table that is not forced pass by ' +
    'every policy without a word. All tests of isolation succeed, and every tenant is open.',
  remedy:
    'Let the application log in as a role without SUPERUSER and BYPASSRLS that owns no table ' +
    'and is a member of no such role; force row security where it must stay the owner.',
  nothing: 'no table has row security, or no declared application role exists',
  thresholds: {},
  sources: [
    'PostgreSQL manual, Row Security Policies',
    'OWASP CheatSheetSeries#2309: FORCE does not stop BYPASSRLS',
  ],
  unconfigured: ({ application_roles }) =>
    application_roles.length === 0
      ? 'no application role is declared (baselines.application_roles in pgrunbook.yaml)'
      : undefined,
  parameters: ({ baselines }) => [baselines.application_roles],
  parse: (row: RawRow): ApplicationRole => ({
    name: text(row, 'role'),
    is_superuser: boolean(row, 'is_superuser'),
    has_bypassrls: boolean(row, 'has_bypassrls'),
    secured_tables: number(row, 'secured_tables'),
    unforced_tables: number(row, 'unforced_tables'),
    examples: list(row, 'examples'),
    may_become: list(row, 'may_become'),
  }),
  judge: ({ rows, examined }) => ({ examined, findings: rows.flatMap(finding) }),
});

function finding(role: ApplicationRole): readonly FindingDraft[] {
  const owned = plural(role.unforced_tables, 'table');
  const reasons = [
    role.is_superuser ? 'it is a superuser' : '',
    role.has_bypassrls && !role.is_superuser ? 'it has BYPASSRLS' : '',
    role.unforced_tables > 0 ? `it acts as owner of ${owned} that are not forced` : '',
  ].filter((reason) => reason !== '');
  const detour =
    role.may_become.length > 0 ? [`it may SET ROLE ${role.may_become.join(', ')}`] : [];
  const all = [...reasons, ...detour];
  if (all.length === 0) return [];
  return [
    {
      object: role.name,
      severity: reasons.length > 0 ? 'critical' : 'warning',
      summary: `row security does not bind application role ${role.name}: ${all.join(', ')}`,
      evidence: {
        is_superuser: role.is_superuser,
        has_bypassrls: role.has_bypassrls,
        unforced_tables: role.unforced_tables,
        examples: role.examples.join(', ') || null,
        may_become: role.may_become.join(', ') || null,
        secured_tables: role.secured_tables,
      },
    },
  ];
}
