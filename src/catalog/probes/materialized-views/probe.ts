// Materialized views that were never filled, or that only an exclusive lock can refresh.
import { defineProbe } from '../../../kernel/probe.ts';
import { boolean, number, type RawRow, text } from '../../../kernel/row.ts';

export default defineProbe({ id: 'materialized-views', row_limit: 200 });

export interface MaterializedView {
  readonly name: string;
  readonly is_populated: boolean;
  /** One that a concurrent refresh can use. */
  readonly has_unique_index: boolean;
  readonly size_bytes: number;
}

export function parseMaterializedView(row: RawRow): MaterializedView {
  return {
    name: text(row, 'view_name'),
    is_populated: boolean(row, 'is_populated'),
    has_unique_index: boolean(row, 'has_unique_index'),
    size_bytes: number(row, 'size_bytes'),
  };
}
