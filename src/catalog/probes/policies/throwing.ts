// Finds the readings of a setting that raise an error where it is unset or empty.
import { isCustomSetting, isSetting, settingName, unwrap } from './condition.ts';
import {
  booleanOf,
  childOf,
  childrenOf,
  descend,
  everyNode,
  type TreeNode,
  wordOf,
} from './node-tree.ts';

/** Settings read without missing_ok: an error in every session that never set them. */
export function strictSettings(condition: TreeNode): readonly string[] {
  return everyNode(condition)
    .filter((node) => isSetting(node) && isCustomSetting(node))
    .filter((call) => {
      const missing_ok = childrenOf(call)[1];
      return missing_ok === undefined || booleanOf(missing_ok) === false;
    })
    .map(nameOf);
}

// bytea, varbit, tsvector, tsquery: types that have an empty value. A cast to a text type is no
// conversion by input and output, so it never gets here.
const types_with_empty = ['17', '1562', '3614', '3615'];

/** Settings that may be '' when they are cast to a type that has no empty value. */
export function castsOfEmptySetting(condition: TreeNode): readonly string[] {
  return outsideCase(condition)
    .filter(({ label }) => label === 'COERCEVIAIO')
    .filter((cast) => !types_with_empty.includes(wordOf(cast, 'resulttype')))
    .flatMap((cast) => emptySettings(childOf(cast, 'arg')));
}

// CASE is the other way to keep an empty string from the cast, and the only safe order of tests.
function outsideCase(node: TreeNode): readonly TreeNode[] {
  return node.label === 'CASEEXPR' ? [] : [node, ...descend(node).flatMap(outsideCase)];
}

// nullif(…, '') is what takes the empty string away; coalesce(…) does not.
function emptySettings(argument: TreeNode | undefined): readonly string[] {
  if (argument === undefined) return [];
  const node = unwrap(argument);
  if (isSetting(node)) return isCustomSetting(node) ? [nameOf(node)] : [];
  return node.label === 'COALESCEEXPR' ? childrenOf(node).flatMap(emptySettings) : [];
}

function nameOf(call: TreeNode): string {
  return settingName(call) ?? 'a setting whose name is computed';
}
