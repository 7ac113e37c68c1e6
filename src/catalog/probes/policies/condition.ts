// What the condition of a policy says: whether it is always true, and what it depends on.
import {
  booleanOf,
  childOf,
  childrenOf,
  descend,
  isNode,
  isSameTree,
  type TreeNode,
  textOf,
  wordOf,
} from './node-tree.ts';
import type { Meanings } from './probe.ts';

/** True or false where the condition is that for every row; undefined where it depends. */
export function truthOf(condition: TreeNode, meanings: Meanings): boolean | undefined {
  const node = unwrap(condition);
  const constant = booleanOf(node);
  // A null lets no row pass.
  if (constant !== undefined) return constant ?? false;
  switch (node.label) {
    case 'BOOLEXPR':
      return truthOfLogic(node, meanings);
    case 'OPEXPR':
      return truthOfComparison(node, meanings);
    case 'DISTINCTEXPR':
      return hasSameArguments(node) ? false : undefined;
    case 'NULLTEST':
      return truthOfNullTest(node, meanings);
    default:
      return undefined;
  }
}

function truthOfLogic(node: TreeNode, meanings: Meanings): boolean | undefined {
  const truths = childrenOf(node).map((argument) => truthOf(argument, meanings));
  const operator = wordOf(node, 'boolop');
  if (operator === 'not') return truths[0] === undefined ? undefined : !truths[0];
  const deciding = operator === 'or';
  if (truths.includes(deciding)) return deciding;
  return truths.includes(undefined) ? undefined : !deciding;
}

// 1 = 1, and x = x: true for every row that has an x.
function truthOfComparison(node: TreeNode, meanings: Meanings): boolean | undefined {
  if (!hasSameArguments(node)) return undefined;
  const operator = meanings.operators.get(wordOf(node, 'opno')) ?? '';
  if (['=', '<=', '>='].includes(operator)) return true;
  return ['<>', '<', '>'].includes(operator) ? false : undefined;
}

function hasSameArguments(node: TreeNode): boolean {
  const [left, right] = childrenOf(node);
  return left !== undefined && isSameTree(left, right);
}

// IS NOT NULL of a column that cannot be null, or of who the session is.
function truthOfNullTest(node: TreeNode, meanings: Meanings): boolean | undefined {
  const argument = childOf(node, 'arg');
  if (argument === undefined || wordOf(node, 'argisrow') === 'true') return undefined;
  const column = meanings.columns.get(columnOf(argument) ?? '');
  const isNeverNull = column?.is_not_null === true || namesSession(unwrap(argument));
  return isNeverNull ? wordOf(node, 'nulltesttype') === is_not_null : undefined;
}

const is_not_null = '1';

/** True for current_user and its kin: who the session is, which a setting cannot pretend. */
export function namesSession(node: TreeNode): boolean {
  // CURRENT_ROLE, CURRENT_USER, USER and SESSION_USER of the server's SQLValueFunctionOp.
  return node.label === 'SQLVALUEFUNCTION' && ['9', '10', '11', '12'].includes(wordOf(node, 'op'));
}

/** The expression without casts that change no bit, and out of a sub-select that reads nothing. */
export function unwrap(node: TreeNode): TreeNode {
  const inner =
    node.label === 'RELABELTYPE' ? childOf(node, 'arg') : (constantSubselect(node) ?? undefined);
  return inner === undefined ? node : unwrap(inner);
}

const scalar_sublink = '4';

function constantSubselect(node: TreeNode): TreeNode | undefined {
  if (node.label !== 'SUBLINK' || wordOf(node, 'subLinkType') !== scalar_sublink) return undefined;
  const query = childOf(node, 'subselect');
  const quals = query && childOf(query, 'jointree')?.fields.get('quals');
  if (query === undefined || childrenOf(query, 'rtable').length > 0 || isNode(quals)) {
    return undefined;
  }
  const [target] = childrenOf(query, 'targetList');
  return target && childOf(target, 'expr');
}

/** attnum where the node is a column of the policy's own table and nothing else. */
export function columnOf(node: TreeNode): string | undefined {
  const inner = unwrap(node);
  const isColumn = inner.label === 'VAR' && wordOf(inner, 'varlevelsup') === '0';
  return isColumn ? wordOf(inner, 'varattno') : undefined;
}

/** True where a column of the policy's own table takes part, be it from within a sub-select. */
export function readsRow(node: TreeNode, depth = 0): boolean {
  if (node.label === 'VAR') return Number(wordOf(node, 'varlevelsup')) === depth;
  const below = node.label === 'QUERY' ? depth + 1 : depth;
  return descend(node).some((inner) => readsRow(inner, below));
}

/** True where a relation is read: a sub-select with a FROM. */
export function readsRelation(node: TreeNode): boolean {
  if (node.label === 'QUERY' && childrenOf(node, 'rtable').length > 0) return true;
  return descend(node).some(readsRelation);
}

/** The parts joined by AND (or by OR), however they are nested. */
export function partsOf(node: TreeNode, operator: 'and' | 'or'): readonly TreeNode[] {
  const inner = unwrap(node);
  if (inner.label !== 'BOOLEXPR' || wordOf(inner, 'boolop') !== operator) return [inner];
  return childrenOf(inner).flatMap((part) => partsOf(part, operator));
}

/** Calls that are made once a row: not those in a sub-select that needs no column of the row. */
export function callsEachRow(node: TreeNode): readonly TreeNode[] {
  const below =
    node.label === 'SUBLINK' && !isCorrelated(childOf(node, 'subselect'))
      ? [childOf(node, 'testexpr')].filter((inner) => inner !== undefined)
      : descend(node);
  return [...(node.label === 'FUNCEXPR' ? [node] : []), ...below.flatMap(callsEachRow)];
}

function isCorrelated(query: TreeNode | undefined): boolean {
  return query !== undefined && refersOutside(query, 0);
}

function refersOutside(node: TreeNode, depth: number): boolean {
  if (node.label === 'VAR') return Number(wordOf(node, 'varlevelsup')) >= depth;
  const below = node.label === 'QUERY' ? depth + 1 : depth;
  return descend(node).some((inner) => refersOutside(inner, below));
}

// current_setting(text) and current_setting(text, boolean): the same number in every major.
const setting_functions = ['2077', '3294'];

export function isSetting(node: TreeNode): boolean {
  return node.label === 'FUNCEXPR' && setting_functions.includes(wordOf(node, 'funcid'));
}

/** The name a call of current_setting asks for; undefined where it is computed. */
export function settingName(call: TreeNode): string | undefined {
  const [name] = childrenOf(call);
  return textOf(name && unwrap(name));
}

/** True for names that any session may set: those with a dot. */
export function isCustomSetting(call: TreeNode): boolean {
  return settingName(call)?.includes('.') ?? true;
}
