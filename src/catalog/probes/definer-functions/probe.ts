// SECURITY DEFINER functions: whose rights they lend, to whom, and where they look names up.
import { defineProbe } from '../../../kernel/probe.ts';
import { boolean, type RawRow, text, textOrNull } from '../../../kernel/row.ts';

export default defineProbe({ id: 'definer-functions', row_limit: 2_000 });

export interface DefinerFunction {
  /** Qualified, with argument types. */
  readonly name: string;
  readonly owner: string;
  readonly owner_is_superuser: boolean;
  /** True where the owner is exempt from row security, or owns tables that do not force it. */
  readonly owner_bypasses_policies: boolean;
  /** What the function sets as search_path; null where it takes the caller's. */
  readonly search_path: string | null;
  readonly looks_up_names: boolean;
  readonly is_trigger: boolean;
  readonly public_may_execute: boolean;
  readonly public_may_use_schema: boolean;
}

export function parseDefinerFunction(row: RawRow): DefinerFunction {
  return {
    name: text(row, 'function'),
    owner: text(row, 'owner'),
    owner_is_superuser: boolean(row, 'owner_is_superuser'),
    owner_bypasses_policies: boolean(row, 'owner_bypasses_policies'),
    search_path: textOrNull(row, 'search_path'),
    looks_up_names: boolean(row, 'looks_up_names'),
    is_trigger: boolean(row, 'is_trigger'),
    public_may_execute: boolean(row, 'public_may_execute'),
    public_may_use_schema: boolean(row, 'public_may_use_schema'),
  };
}

/** True where any role that may connect can call it; triggers cannot be called. */
export function isPublic(called: DefinerFunction): boolean {
  return called.public_may_execute && called.public_may_use_schema && !called.is_trigger;
}
