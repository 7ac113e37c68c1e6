// Indexes that PostgreSQL maintains, or keeps, but does not use: what broken builds leave behind.
import { defineProbe } from '../../../kernel/probe.ts';
import { boolean, number, type RawRow, text } from '../../../kernel/row.ts';

export default defineProbe({ id: 'invalid-indexes', row_limit: 200 });

export interface InvalidIndex {
  readonly index: string;
  readonly table: string;
  /** Named by REINDEX CONCURRENTLY: the copy it was making, or the original it had replaced. */
  readonly is_leftover: boolean;
  readonly is_unique: boolean;
  /** True where writes maintain it, and where a unique one refuses new duplicates. */
  readonly is_ready: boolean;
  /** False where DROP INDEX CONCURRENTLY was interrupted. */
  readonly is_live: boolean;
  readonly size_bytes: number;
  readonly definition: string;
}

export function parseInvalidIndex(row: RawRow): InvalidIndex {
  return {
    index: text(row, 'index'),
    table: text(row, 'table'),
    is_leftover: boolean(row, 'is_leftover'),
    is_unique: boolean(row, 'is_unique'),
    is_ready: boolean(row, 'is_ready'),
    is_live: boolean(row, 'is_live'),
    size_bytes: number(row, 'size_bytes'),
    definition: text(row, 'definition'),
  };
}
