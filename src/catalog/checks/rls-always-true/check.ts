// Policies whose condition holds for every row.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import {
  alwaysOpenCommands,
  describePolicy,
  type GuardedPolicy,
  isRestricted,
  policiesInForce,
  shareRoles,
} from '../../probes/policies/guarded-tables.ts';
import {
  type Command,
  type Policy,
  parsePolicyRow,
  policyParameters,
} from '../../probes/policies/probe.ts';

export default defineCheck({
  id: 'rls-always-true',
  group: 'row-level-security',
  title: 'Policies that are always true',
  why:
    'Permissive policies are joined by OR: one that is true for every row opens the table, ' +
    'whatever the others say. With WITH CHECK (true) a tenant can plant rows in another one.',
  remedy:
    'Compare the tenant column in the policy, in USING and in WITH CHECK. If one role is meant ' +
    'to see everything, name it: create policy … to that_role using (true).',
  nothing: 'no table with row security has a policy that can be read',
  probe: 'policies',
  thresholds: {},
  sources: [
    'PostgreSQL manual, Row Security Policies and CREATE POLICY',
    'splinter 0024 rls_policy_always_true',
  ],
  parameters: policyParameters,
  parse: parsePolicyRow,
  judge({ rows }) {
    const policies = policiesInForce(rows);
    return { examined: policies.length, findings: policies.flatMap(finding) };
  },
});

function finding(guarded: GuardedPolicy): readonly FindingDraft[] {
  const { table, policy, policies } = guarded;
  if (!policy.is_permissive) return [];
  const open = alwaysOpenCommands(policy).filter((command) => !isRestricted(guarded, command));
  if (open.length === 0) return [];
  const filters = policies.filter(
    (other) =>
      other !== policy &&
      other.is_permissive &&
      open.some((command) => filtered(other).includes(command)),
  );
  // A policy for a role of its own (a dump, an archiver) is how exemptions should be written.
  const isForSomeoneElse =
    !policy.roles.includes('public') &&
    policy.application_roles.length === 0 &&
    !filters.some(({ roles }) => roles.some((role) => policy.roles.includes(role)));
  if (isForSomeoneElse) return [];
  const voided = filters.filter((other) => shareRoles(policy, other));
  const isSerious = table.has_tenant_column || voided.length > 0;
  // Reading what everybody may read, in a table that knows no tenant, is meant.
  if (!isSerious && open.every((command) => command === 'SELECT')) return [];
  return [
    {
      object: describePolicy(guarded),
      severity: isSerious ? 'critical' : 'warning',
      summary:
        `policy ${policy.name} lets ${policy.roles.join(', ')} ${open.join(', ')} any row of ` +
        `${table.name}: its condition is always true`,
      evidence: {
        commands: open.join(', '),
        roles: policy.roles.join(', '),
        has_tenant_column: table.has_tenant_column,
        policies_made_void: voided.map(({ name }) => name).join(', ') || null,
      },
    },
  ];
}

function filtered(policy: Policy): readonly Command[] {
  const open = alwaysOpenCommands(policy);
  return policy.commands.filter((command) => !open.includes(command));
}
