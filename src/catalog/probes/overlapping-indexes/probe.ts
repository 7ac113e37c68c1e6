// Pairs of indexes where one does nothing that the other does not do as well.
import { defineProbe } from '../../../kernel/probe.ts';
import { boolean, number, type RawRow, text, textOrNull } from '../../../kernel/row.ts';

export default defineProbe({ id: 'overlapping-indexes', lane: 'slow', row_limit: 200 });

export interface OverlappingIndex {
  /** duplicate: the same in every respect. redundant: its key begins the key of the twin. */
  readonly relation: 'duplicate' | 'redundant';
  readonly index: string;
  /** The index that stays. */
  readonly twin: string;
  readonly table: string;
  readonly size_bytes: number;
  readonly twin_size_bytes: number;
  /** The constraint that owns the index; only a duplicate can have one. */
  readonly constraint: string | null;
  readonly twin_constraint: string | null;
  readonly is_twin_unique: boolean;
  readonly definition: string;
  readonly twin_definition: string;
}

export function parseOverlappingIndex(row: RawRow): OverlappingIndex {
  return {
    relation: text(row, 'relation') === 'duplicate' ? 'duplicate' : 'redundant',
    index: text(row, 'index'),
    twin: text(row, 'twin'),
    table: text(row, 'table'),
    size_bytes: number(row, 'size_bytes'),
    twin_size_bytes: number(row, 'twin_size_bytes'),
    constraint: textOrNull(row, 'constraint'),
    twin_constraint: textOrNull(row, 'twin_constraint'),
    is_twin_unique: boolean(row, 'is_twin_unique'),
    definition: text(row, 'definition'),
    twin_definition: text(row, 'twin_definition'),
  };
}
