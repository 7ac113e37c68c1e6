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

// name, text, bpchar, varchar: types that take an empty string.
const text_types = ['19', '25', '1042', '1043'];

/** Settings that may be '' when they are cast to a type that has no empty value. */
export function castsOfEmptySetting(condition: TreeNode): readonly string[] {
  return outsideCase(condition)
    .filter(({ label }) => label === 'COERCEVIAIO')
    .filter((cast) => !text_types.includes(wordOf(cast, 'resulttype')))
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
