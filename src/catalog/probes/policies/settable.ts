// Finds out whether settings alone can make a condition true: no row, no role, no table has a say.
import {
  isCustomSetting,
  isSetting,
  namesSession,
  partsOf,
  readsRelation,
  readsRow,
  settingName,
  truthOf,
  unwrap,
} from './condition.ts';
import { childOf, childrenOf, everyNode, type TreeNode, wordOf } from './node-tree.ts';
import type { Meanings } from './probe.ts';

/** The settings (or functions that read one) that open the condition; undefined where none can. */
export function settingsThatOpen(
  condition: TreeNode,
  meanings: Meanings,
): readonly string[] | undefined {
  const found = partsOf(condition, 'or').flatMap((part) => openingOf(part, meanings) ?? []);
  return found.length > 0 ? [...new Set(found)] : undefined;
}

function openingOf(part: TreeNode, meanings: Meanings): readonly string[] | undefined {
  if (part.label === 'CASEEXPR') return openingOfCase(part, meanings);
  const conjuncts = partsOf(part, 'and');
  if (conjuncts.length === 1) return openingOfLeaf(part, meanings);
  const others = conjuncts.filter((conjunct) => truthOf(conjunct, meanings) !== true);
  const openings = others.map((conjunct) => settingsThatOpen(conjunct, meanings));
  return openings.every((opening) => opening !== undefined) ? openings.flat() : undefined;
}

// CASE WHEN current_setting('app.x') = 'on' THEN true …
function openingOfCase(node: TreeNode, meanings: Meanings): readonly string[] | undefined {
  const found = childrenOf(node).flatMap((when) => {
    const [condition, result] = [childOf(when, 'expr'), childOf(when, 'result')];
    const opens = result !== undefined && truthOf(result, meanings) === true;
    return (opens && condition && settingsThatOpen(condition, meanings)) || [];
  });
  return found.length > 0 ? found : undefined;
}

function openingOfLeaf(leaf: TreeNode, meanings: Meanings): readonly string[] | undefined {
  const nodes = everyNode(unwrap(leaf));
  if (readsRow(leaf) || readsRelation(leaf) || nodes.some(namesSession)) return undefined;
  const calls = nodes.filter(({ label }) => label === 'FUNCEXPR');
  const found: string[] = [];
  for (const call of calls) {
    const cause = causeOf(call, meanings);
    if (cause === 'unknown') return undefined;
    if (cause !== 'none') found.push(cause.setting);
  }
  return found.length > 0 ? found : undefined;
}

// A call has no say, or is a setting that anybody may set, or depends on what we cannot tell.
function causeOf(
  call: TreeNode,
  { functions }: Meanings,
): 'none' | 'unknown' | { readonly setting: string } {
  if (isSetting(call)) {
    if (!isCustomSetting(call)) return 'unknown';
    return { setting: settingName(call) ?? 'a setting whose name is computed' };
  }
  // Immutable built-in functions are not listed: casts, lower(), and the like.
  const facts = functions.get(wordOf(call, 'funcid'));
  if (facts === undefined) return 'none';
  if (facts.is_built_in || facts.reads_more) return 'unknown';
  if (facts.reads_setting) return { setting: `${facts.signature} (it reads a setting)` };
  return facts.volatility === 'immutable' ? 'none' : 'unknown';
}
