// Which columns a condition compares with one value, so that an index on them could serve it.
import { columnOf, partsOf, readsRow, unwrap } from './condition.ts';
import { childOf, childrenOf, type TreeNode, wordOf } from './node-tree.ts';
import type { Meanings } from './probe.ts';

export interface ComparedColumn {
  readonly attnum: string;
  /** True where the column is converted first, which puts its plain indexes out of use. */
  readonly is_cast: boolean;
}

/** Columns in `column = value` that must hold for a row to pass: those within an OR need not. */
export function comparedColumns(
  condition: TreeNode,
  meanings: Meanings,
): readonly ComparedColumn[] {
  return partsOf(condition, 'and').flatMap((part) => {
    const isEquality =
      ['OPEXPR', 'SCALARARRAYOPEXPR'].includes(part.label) &&
      meanings.operators.get(wordOf(part, 'opno')) === '=';
    const [left, right] = childrenOf(part);
    if (!isEquality || left === undefined || right === undefined) return [];
    if (!readsRow(right)) return compared(left);
    return readsRow(left) ? [] : compared(right);
  });
}

function compared(side: TreeNode): readonly ComparedColumn[] {
  const attnum = columnOf(side);
  if (attnum !== undefined) return [{ attnum, is_cast: false }];
  const source = castSource(unwrap(side));
  const cast = source && columnOf(source);
  return cast === undefined ? [] : [{ attnum: cast, is_cast: true }];
}

// COERCE_EXPLICIT_CAST and COERCE_IMPLICIT_CAST: a function that the statement wrote as a cast.
const cast_formats = ['1', '2'];

function castSource(node: TreeNode): TreeNode | undefined {
  if (node.label === 'COERCEVIAIO') return childOf(node, 'arg');
  const isCast = node.label === 'FUNCEXPR' && cast_formats.includes(wordOf(node, 'funcformat'));
  return isCast ? childrenOf(node)[0] : undefined;
}
