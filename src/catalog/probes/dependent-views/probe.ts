// Views over tables with row security: with whose rights they read, and who may read them.
import type { Baselines } from '../../../kernel/baselines.ts';
import { defineProbe } from '../../../kernel/probe.ts';
import { boolean, list, type RawRow, text } from '../../../kernel/row.ts';

export default defineProbe({ id: 'dependent-views', row_limit: 5_000 });

export interface DependentView {
  readonly name: string;
  readonly is_materialized: boolean;
  readonly owner: string;
  /** Tables with row security that it reads, through other views too. */
  readonly tables: readonly string[];
  /** Those of them whose policies do not bind the role that the view reads with. */
  readonly bypassed: readonly string[];
  /** The roles with whose rights the bypassed tables are read. */
  readonly checkers: readonly string[];
  /** Declared application roles, or all grantees but the owner where none is declared. */
  readonly granted_to: readonly string[];
  /** True where its definition reads a setting or names the session's user. */
  readonly filters_itself: boolean;
  readonly is_barrier: boolean;
}

export function viewParameters({ baselines }: { readonly baselines: Baselines }) {
  return [baselines.application_roles];
}

export function parseView(row: RawRow): DependentView {
  return {
    name: text(row, 'view'),
    is_materialized: boolean(row, 'is_materialized'),
    owner: text(row, 'owner'),
    tables: list(row, 'tables'),
    bypassed: list(row, 'bypassed'),
    checkers: list(row, 'checkers'),
    granted_to: list(row, 'granted_to'),
    filters_itself: boolean(row, 'filters_itself'),
    is_barrier: boolean(row, 'is_barrier'),
  };
}
