// Policies that any session can make true by setting a parameter.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import {
  describePolicy,
  type GuardedPolicy,
  isRestricted,
  openCommands,
  policiesInForce,
} from '../../probes/policies/guarded-tables.ts';
import { parsePolicyRow, policyParameters } from '../../probes/policies/probe.ts';
import { settingsThatOpen } from '../../probes/policies/settable.ts';

export default defineCheck({
  id: 'rls-settable-bypass',
  group: 'row-level-security',
  title: 'Policies that a session can switch open',
  why:
    'Any role may set a parameter with a dot in its name. A policy that is true because of ' +
    "such a parameter alone (app.is_superadmin = 'true', or: no tenant is set) gives every row " +
    'of every tenant to whoever runs one SET, and to every SQL injection.',
  remedy:
    'Drop the condition. Name the role that may see everything instead: create policy … to ' +
    'admin_role using (true), or give a role of its own BYPASSRLS. An unset tenant must match ' +
    'no row.',
  nothing: 'no table with row security has a policy that can be read',
  probe: 'policies',
  thresholds: {},
  sources: [
    'PostgreSQL manual, Customized Options: any user may set them',
    'splinter 0015 rls_references_user_metadata: the same fault by another way',
  ],
  parameters: policyParameters,
  parse: parsePolicyRow,
  judge({ rows }, { baselines }) {
    const policies = policiesInForce(rows);
    const isDeclared = baselines.application_roles.length > 0;
    return {
      examined: policies.length,
      findings: policies.flatMap((guarded) => finding(guarded, isDeclared)),
    };
  },
});

function finding(guarded: GuardedPolicy, isDeclared: boolean): readonly FindingDraft[] {
  const { table, policy } = guarded;
  if (!policy.is_permissive) return [];
  // Only the roles it names can use the door; that is a finding unless none is an application's.
  const isOutOfReach = isDeclared && policy.application_roles.length === 0;
  if (isOutOfReach && !policy.roles.includes('public')) return [];
  const causes = new Set<string>();
  const open = openCommands(policy, (condition) => {
    const settings = settingsThatOpen(condition, policy) ?? [];
    for (const setting of settings) causes.add(setting);
    return settings.length > 0;
  }).filter((command) => !isRestricted(guarded, command));
  if (open.length === 0) return [];
  const by = [...causes].join(', ');
  return [
    {
      object: describePolicy(guarded),
      severity: 'critical',
      summary:
        `policy ${policy.name} opens every row of ${table.name} for ${open.join(', ')} ` +
        `by ${by} alone, which any session can set`,
      evidence: {
        settings: by,
        commands: open.join(', '),
        roles: policy.roles.join(', '),
        has_tenant_column: table.has_tenant_column,
      },
    },
  ];
}
