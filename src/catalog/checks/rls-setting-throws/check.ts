// Policies that end a query with an error where no tenant is set.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import {
  conditionsOf,
  describePolicy,
  type GuardedPolicy,
  policiesInForce,
} from '../../probes/policies/guarded-tables.ts';
import { parsePolicyRow, policyParameters } from '../../probes/policies/probe.ts';
import { castsOfEmptySetting, strictSettings } from '../../probes/policies/throwing.ts';

export default defineCheck({
  id: 'rls-setting-throws',
  group: 'row-level-security',
  title: 'Policies that raise an error without a tenant',
  why:
    'The function current_setting(name) fails where the parameter was never set. After SET ' +
    "LOCAL and COMMIT, or RESET, it is '' and not null, and a cast of '' to uuid, integer or " +
    'boolean fails: the first query on a pooled connection breaks, and so do jobs that set no ' +
    'tenant.',
  remedy:
    "Write tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid). " +
    'Unset or empty becomes null, which matches no row: it fails closed, without an error.',
  nothing: 'no table with row security has a policy that can be read',
  probe: 'policies',
  thresholds: {},
  sources: [
    'PostgreSQL manual, System Administration Functions, current_setting',
    "amfs#175: ''::uuid after RESET",
  ],
  parameters: policyParameters,
  parse: parsePolicyRow,
  judge({ rows }) {
    const policies = policiesInForce(rows);
    return { examined: policies.length, findings: policies.flatMap(finding) };
  },
});

function finding(guarded: GuardedPolicy): readonly FindingDraft[] {
  const conditions = conditionsOf(guarded.policy);
  const strict = unique(conditions.flatMap(strictSettings));
  const cast = unique(conditions.flatMap(castsOfEmptySetting));
  if (strict.length + cast.length === 0) return [];
  const faults = [
    strict.length > 0 ? `when ${strict.join(', ')} was never set` : '',
    cast.length > 0 ? `when ${cast.join(', ')} is '' as after RESET or COMMIT` : '',
  ].filter((fault) => fault !== '');
  return [
    {
      object: describePolicy(guarded),
      severity: 'warning',
      summary:
        `policy ${guarded.policy.name} ends queries on ${guarded.table.name} with an error ` +
        faults.join(', and '),
      evidence: {
        settings_that_must_exist: strict.join(', ') || null,
        settings_cast_when_empty: cast.join(', ') || null,
      },
    },
  ];
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
