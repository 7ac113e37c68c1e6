// The rows of the probe as tables with their policies, and how policies work on each other.
import { truthOf } from './condition.ts';
import type { TreeNode } from './node-tree.ts';
import type { Command, Policy, PolicyRow, SecuredTable } from './probe.ts';

export interface GuardedTable {
  readonly table: SecuredTable;
  /** Those whose conditions could be read. */
  readonly policies: readonly Policy[];
}

/** One entry a table, in the order of the rows. */
export function guardedTables(rows: readonly PolicyRow[]): readonly GuardedTable[] {
  const tables = new Map<string, { table: SecuredTable; policies: Policy[] }>();
  for (const { table, policy } of rows) {
    const entry = tables.get(table.name) ?? { table, policies: [] };
    tables.set(table.name, entry);
    if (policy !== null && isReadable(policy)) entry.policies.push(policy);
  }
  return [...tables.values()];
}

function isReadable({ using, check }: Policy): boolean {
  return using !== undefined && check !== undefined;
}

export interface GuardedPolicy extends GuardedTable {
  readonly policy: Policy;
}

/** Every readable policy of a table whose row security is switched on. */
export function policiesInForce(rows: readonly PolicyRow[]): readonly GuardedPolicy[] {
  return guardedTables(rows)
    .filter(({ table }) => table.is_enabled)
    .flatMap((guarded) => guarded.policies.map((policy) => ({ ...guarded, policy })));
}

/** "policy tenant_isolation on public.orders". */
export function describePolicy({ table, policy }: GuardedPolicy): string {
  return `policy ${policy.name} on ${table.name}`;
}

/** USING and WITH CHECK, as far as the policy has them. */
export function conditionsOf(policy: Policy): readonly TreeNode[] {
  return [policy.using, policy.check].filter((tree) => tree !== null && tree !== undefined);
}

/** Commands that the test lets through for every row, read or written. */
export function openCommands(
  policy: Policy,
  passes: (condition: TreeNode) => boolean,
): readonly Command[] {
  const { using } = policy;
  const check = policy.check ?? using;
  const sees = using ? passes(using) : false;
  const writes = check ? passes(check) : false;
  return policy.commands.filter((command) => {
    if (command === 'INSERT') return writes;
    return command === 'UPDATE' ? sees || writes : sees;
  });
}

/** Commands whose condition holds for every row. */
export function alwaysOpenCommands(policy: Policy): readonly Command[] {
  return openCommands(policy, (condition) => truthOf(condition, policy) === true);
}

/** True where some role is subject to both; `public` is every role. */
export function shareRoles(one: Policy, other: Policy): boolean {
  const both = [...one.roles, ...other.roles];
  return both.includes('public') || one.roles.some((role) => other.roles.includes(role));
}

/** True where a restrictive policy narrows what the permissive one lets through. */
export function isRestricted({ policies, policy }: GuardedPolicy, command: Command): boolean {
  return policies.some(
    (other) =>
      !other.is_permissive &&
      other.commands.includes(command) &&
      (other.roles.includes('public') ||
        policy.roles.every((role) => other.roles.includes(role))) &&
      !alwaysOpenCommands(other).includes(command),
  );
}
