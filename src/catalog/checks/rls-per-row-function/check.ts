// Policies that call a function for every row instead of once a query.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { amount } from '../../../kernel/thresholds.ts';
import { formatCount } from '../../../kernel/units.ts';
import { callsEachRow, isSetting, readsRow } from '../../probes/policies/condition.ts';
import {
  describePolicy,
  type GuardedPolicy,
  policiesInForce,
} from '../../probes/policies/guarded-tables.ts';
import { wordOf } from '../../probes/policies/node-tree.ts';
import {
  type PolicyFunction,
  parsePolicyRow,
  policyParameters,
} from '../../probes/policies/probe.ts';

export default defineCheck({
  id: 'rls-per-row-function',
  group: 'row-level-security',
  title: 'Policies that call a function for every row',
  why:
    'A stable function in a policy is called once for each row that is read, a volatile one ' +
    'keeps every index from being used. In a sub-select it is called once a query: a scan of a ' +
    'million rows fell from 157 ms to 37 ms for current_setting, from 326 ms for PL/pgSQL.',
  remedy:
    'Wrap the call: tenant_id = (select current_tenant()). Declare functions that only read ' +
    'STABLE. A function that takes a column cannot be wrapped: turn it into a membership, ' +
    'project_id in (select …).',
  nothing: 'no table with row security has a policy that can be read',
  probe: 'policies',
  thresholds: {
    large_rows: amount(
      100_000,
      'From so many estimated rows it is a warning; below it is for information',
      'measured: current_setting costs 12 ms more per 100,000 rows scanned',
    ),
  },
  sources: [
    'PostgreSQL manual, Function Volatility Categories',
    'splinter 0003 auth_rls_initplan; #47, #63, #79: match the tree, not the text',
  ],
  parameters: policyParameters,
  parse: parsePolicyRow,
  judge({ rows }, { thresholds }) {
    const policies = policiesInForce(rows);
    return {
      examined: policies.length,
      findings: policies.flatMap((guarded) => finding(guarded, thresholds)),
    };
  },
});

function finding(
  guarded: GuardedPolicy,
  { large_rows }: { readonly large_rows: number },
): readonly FindingDraft[] {
  const { table, policy } = guarded;
  const called = functionsEachRow(guarded);
  if (called.length === 0) return [];
  const volatile = called.filter(({ volatility }) => volatility === 'volatile');
  const isCostly = volatile.length > 0 || table.estimated_rows >= large_rows;
  const names = [...new Set(called.map(({ signature }) => signature))].join(', ');
  return [
    {
      object: describePolicy(guarded),
      severity: isCostly ? 'warning' : 'info',
      summary:
        `policy ${policy.name} calls ${names} for each row of ${table.name} ` +
        `(${formatCount(table.estimated_rows)} rows)` +
        (volatile.length > 0 ? ' and, being volatile, without the help of any index' : ''),
      evidence: {
        functions: names,
        is_volatile: volatile.length > 0,
        estimated_rows: table.estimated_rows,
      },
    },
  ];
}

function functionsEachRow({ policy }: GuardedPolicy): readonly PolicyFunction[] {
  // WITH CHECK looks at the rows that a command writes: what that costs is lost in the writing.
  return (policy.using ? callsEachRow(policy.using) : []).flatMap((call) => {
    const facts = policy.functions.get(wordOf(call, 'funcid'));
    if (facts === undefined || facts.volatility === 'immutable') return [];
    // A stable function of a column must see each row; built-in ones (now) cost next to nothing.
    const isWrappable = facts.volatility === 'volatile' || !readsRow(call);
    const isCostly = isSetting(call) || !facts.is_built_in || facts.volatility === 'volatile';
    return isWrappable && isCostly ? [facts] : [];
  });
}
