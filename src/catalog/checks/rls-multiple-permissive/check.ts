// Several permissive policies that apply to the same role and command.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { amount } from '../../../kernel/thresholds.ts';
import { formatCount } from '../../../kernel/units.ts';
import {
  alwaysOpenCommands,
  type GuardedTable,
  guardedTables,
} from '../../probes/policies/guarded-tables.ts';
import {
  type Command,
  type Policy,
  parsePolicyRow,
  policyParameters,
} from '../../probes/policies/probe.ts';

const commands: readonly Command[] = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

export default defineCheck({
  id: 'rls-multiple-permissive',
  group: 'row-level-security',
  title: 'Several permissive policies for one role and command',
  why:
    'They are joined by OR: a row is visible if any of them lets it through, and the OR keeps ' +
    'the planner from using the index on the tenant column (0.5 ms became 190 ms for a million ' +
    'rows in our measurement).',
  remedy:
    'Write one policy for each role and command, or make the further conditions AS RESTRICTIVE ' +
    'if they were meant to narrow. Exempt a role by a policy that names it (TO admin_role).',
  nothing: 'no table with row security has a policy that can be read',
  probe: 'policies',
  thresholds: {
    large_rows: amount(
      10_000,
      'From so many estimated rows it is a warning; below it is for information',
      'PgHero looks for missing indexes from 10,000 rows',
    ),
  },
  sources: [
    'PostgreSQL manual, CREATE POLICY: how multiple policies apply',
    'splinter 0006 multiple_permissive_policies',
  ],
  parameters: policyParameters,
  parse: parsePolicyRow,
  judge({ rows }, { thresholds }) {
    const tables = guardedTables(rows).filter(
      ({ table, policies }) => table.is_enabled && policies.length > 0,
    );
    return {
      examined: tables.length,
      findings: tables.flatMap((guarded) => finding(guarded, thresholds)),
    };
  },
});

function finding(
  { table, policies }: GuardedTable,
  { large_rows }: { readonly large_rows: number },
): readonly FindingDraft[] {
  // A condition that is always true makes the OR disappear when the query is planned.
  const counted = policies.filter(
    (policy) => policy.is_permissive && alwaysOpenCommands(policy).length < policy.commands.length,
  );
  const crowded = commands
    .map((command) => ({ command, group: largestGroup(counted, command) }))
    .filter(({ group }) => group.length > 1);
  if (crowded.length === 0) return [];
  const names = new Set(crowded.flatMap(({ group }) => group.map(({ name }) => name)));
  const affected = crowded.map(({ command }) => command).join(', ');
  return [
    {
      object: table.name,
      severity: table.estimated_rows >= large_rows ? 'warning' : 'info',
      summary:
        `${names.size} permissive policies of ${table.name} ` +
        `(${formatCount(table.estimated_rows)} rows) apply together to ${affected}: ` +
        [...names].join(', '),
      evidence: {
        policies: [...names].join(', '),
        commands: affected,
        estimated_rows: table.estimated_rows,
      },
    },
  ];
}

// The role with the most policies; those for public count for every role.
function largestGroup(policies: readonly Policy[], command: Command): readonly Policy[] {
  const relevant = policies.filter(({ commands: own }) => own.includes(command));
  const roles = new Set(relevant.flatMap((policy) => policy.roles));
  const groups = [...roles].map((role) =>
    relevant.filter((policy) => policy.roles.includes(role) || policy.roles.includes('public')),
  );
  return groups.toSorted((a, b) => b.length - a.length)[0] ?? [];
}
