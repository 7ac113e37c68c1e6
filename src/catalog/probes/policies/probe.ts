// Tables with row security and their policies, the conditions as trees that checks can read.
import type { Baselines } from '../../../kernel/baselines.ts';
import { defineProbe } from '../../../kernel/probe.ts';
import {
  boolean,
  list,
  number,
  numberOrNull,
  type RawRow,
  text,
  textOrNull,
} from '../../../kernel/row.ts';
import { parseNodeTree, type TreeNode } from './node-tree.ts';

export default defineProbe({ id: 'policies', row_limit: 5_000 });

/** A table with row security or with policies; a partitioned table counts its partitions' rows. */
export interface SecuredTable {
  readonly name: string;
  readonly is_enabled: boolean;
  readonly is_forced: boolean;
  readonly estimated_rows: number;
  readonly owner: string;
  readonly owner_can_login: boolean;
  /** True for a superuser or a role with BYPASSRLS: FORCE does not bind these. */
  readonly owner_is_exempt: boolean;
  readonly owner_sessions: number;
  /** Declared application roles that are the owner, or have its rights without SET ROLE. */
  readonly acting_as_owner: readonly string[];
  /** Who else may read or write: declared application roles, or all grantees where none is. */
  readonly granted_to: readonly string[];
  readonly truncate_granted_to: readonly string[];
  readonly has_tenant_column: boolean;
  /** attnum of the first column of each whole, valid btree or hash index; 0 for an expression. */
  readonly index_leading_columns: readonly string[];
}

export type Command = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

export interface Policy extends Meanings {
  readonly name: string;
  readonly commands: readonly Command[];
  readonly is_permissive: boolean;
  /** `public` stands for every role. */
  readonly roles: readonly string[];
  /** Declared application roles that it applies to. */
  readonly application_roles: readonly string[];
  /** null where the policy has none, undefined where it could not be read. */
  readonly using: TreeNode | null | undefined;
  readonly check: TreeNode | null | undefined;
}

/** What the numbers in a policy's trees stand for. */
export interface Meanings {
  /** By oid: the operator's name, such as `=`. */
  readonly operators: ReadonlyMap<string, string>;
  /** By oid: functions of the database's own, and built-in ones that are not immutable. */
  readonly functions: ReadonlyMap<string, PolicyFunction>;
  /** By attnum: columns of the policy's table. */
  readonly columns: ReadonlyMap<string, { readonly name: string; readonly is_not_null: boolean }>;
}

export interface PolicyFunction {
  /** Name and argument types, qualified where it is not built in. */
  readonly signature: string;
  readonly volatility: 'immutable' | 'stable' | 'volatile';
  readonly is_built_in: boolean;
  /** True where the body names current_setting. */
  readonly reads_setting: boolean;
  /** True where the body names a role or reads a table: more than a setting decides. */
  readonly reads_more: boolean;
}

export interface PolicyRow {
  readonly table: SecuredTable;
  readonly policy: Policy | null;
}

/** Values of the query's parameters: all checks give the same, so that one answer serves them. */
export function policyParameters({ baselines }: { readonly baselines: Baselines }) {
  return [baselines.application_roles, baselines.tenant_column];
}

// Ten checks parse the same rows; the trees are the costly part of it.
const parsed = new WeakMap<RawRow, PolicyRow>();

export function parsePolicyRow(row: RawRow): PolicyRow {
  const known = parsed.get(row);
  if (known !== undefined) return known;
  const value = { table: parseTable(row), policy: parsePolicy(row) };
  parsed.set(row, value);
  return value;
}

function parseTable(row: RawRow): SecuredTable {
  return {
    name: text(row, 'table'),
    is_enabled: boolean(row, 'is_enabled'),
    is_forced: boolean(row, 'is_forced'),
    estimated_rows: number(row, 'estimated_rows'),
    owner: text(row, 'owner'),
    owner_can_login: boolean(row, 'owner_can_login'),
    owner_is_exempt: boolean(row, 'owner_is_exempt'),
    owner_sessions: numberOrNull(row, 'owner_sessions') ?? 0,
    acting_as_owner: list(row, 'acting_as_owner'),
    granted_to: list(row, 'granted_to'),
    truncate_granted_to: list(row, 'truncate_granted_to'),
    has_tenant_column: boolean(row, 'has_tenant_column'),
    index_leading_columns: list(row, 'index_leading_columns'),
  };
}

const commandsOf: Readonly<Record<string, readonly Command[]>> = {
  '*': ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  r: ['SELECT'],
  a: ['INSERT'],
  w: ['UPDATE'],
  d: ['DELETE'],
};

function parsePolicy(row: RawRow): Policy | null {
  const name = textOrNull(row, 'policy');
  if (name === null) return null;
  return {
    name,
    commands: commandsOf[text(row, 'command')] ?? [],
    is_permissive: boolean(row, 'is_permissive'),
    roles: list(row, 'roles'),
    application_roles: list(row, 'application_roles'),
    using: parseCondition(textOrNull(row, 'using_tree')),
    check: parseCondition(textOrNull(row, 'check_tree')),
    operators: new Map(list(row, 'operators').map((entry) => firstWord(entry))),
    functions: new Map(list(row, 'functions').map(parseFunction)),
    columns: new Map(list(row, 'columns').map(parseColumn)),
  };
}

function parseCondition(tree: string | null): TreeNode | null | undefined {
  return tree === null ? null : parseNodeTree(tree);
}

function parseFunction(entry: string): readonly [string, PolicyFunction] {
  const [oid = '', volatility, setting, more, ...signature] = entry.split(' ');
  const facts: PolicyFunction = {
    signature: signature.join(' '),
    volatility: volatility === 'v' ? 'volatile' : volatility === 's' ? 'stable' : 'immutable',
    is_built_in: Number(oid) < first_own_oid,
    reads_setting: setting === 't',
    reads_more: more === 't',
  };
  return [oid, facts];
}

// FirstNormalObjectId of the server: initdb gives no object a higher number.
const first_own_oid = 16_384;

function parseColumn(entry: string) {
  const [attnum, rest] = firstWord(entry);
  const [is_not_null, name] = firstWord(rest);
  return [attnum, { name, is_not_null: is_not_null === 't' }] as const;
}

function firstWord(entry: string): readonly [string, string] {
  const end = entry.indexOf(' ');
  return [entry.slice(0, end), entry.slice(end + 1)];
}
