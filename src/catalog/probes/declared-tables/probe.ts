// Rows of declared tables: how old the newest is, or how many wait and since when.
import { quoteIdentifier } from '../../../kernel/identifiers.ts';
import type { FindingDraft, Server, Verdict } from '../../../kernel/model.ts';
import { defineProbe } from '../../../kernel/probe.ts';
import {
  boolean,
  number,
  numberOrNull,
  type RawRow,
  text,
  textOrNull,
} from '../../../kernel/row.ts';
import { formatSize } from '../../../kernel/units.ts';
import { parseTableName } from './name.ts';

export default defineProbe({ id: 'declared-tables', row_limit: 1_000 });

/** One declaration: with a status the rows of that status are counted, without it none. */
export interface Declaration {
  readonly table: string;
  readonly time_column: string;
  readonly status?: { readonly column: string; readonly pending: string; readonly most: number };
  readonly within_ms: number;
}

export interface DeclaredTable {
  /** Which declaration it is, from 0. */
  readonly index: number;
  /** Names are quoted where needed. */
  readonly name: string;
  readonly schema: string;
  readonly time_column: string;
  readonly status_column: string | null;
  /** Why it was not read; null where it was. */
  readonly problem: string | null;
  /** True where row security decides which rows this role sees. */
  readonly is_restricted: boolean;
  readonly size_bytes: number | null;
  /** At most one more than was asked for. */
  readonly row_count: number | null;
  /** Of the oldest row with the status, or of the newest row; null where there is none. */
  readonly age_ms: number | null;
}

export function declaredParameters(declarations: readonly Declaration[]): readonly unknown[] {
  const names = declarations.map(({ table }) => parseTableName(table));
  return [
    names.map(({ schema }) => schema),
    names.map(({ table }) => table),
    declarations.map(({ time_column }) => time_column),
    declarations.map(({ status }) => status?.column ?? null),
    declarations.map(({ status }) => status?.pending ?? null),
    declarations.map(({ status }) => status?.most ?? 0),
    declarations.map(({ within_ms }) => within_ms),
  ];
}

export function parseDeclaredTable(row: RawRow): DeclaredTable {
  return {
    index: number(row, 'place') - 1,
    name: text(row, 'table_name'),
    schema: text(row, 'schema_name'),
    time_column: text(row, 'time_column'),
    status_column: textOrNull(row, 'status_column'),
    problem: textOrNull(row, 'problem'),
    is_restricted: boolean(row, 'is_restricted'),
    size_bytes: numberOrNull(row, 'size_bytes'),
    row_count: numberOrNull(row, 'row_count'),
    age_ms: numberOrNull(row, 'age_ms'),
  };
}

/** Judges what was read; what could not be read is told, and is no reason to call all well. */
export function judgeDeclared(
  tables: readonly DeclaredTable[],
  { user }: Server,
  judge: (table: DeclaredTable) => FindingDraft | undefined,
): Verdict {
  const isUnread = ({ problem }: DeclaredTable) => problem !== null && problem !== 'missing';
  const unread = tables.filter(isUnread);
  if (unread.length > 0 && unread.length === tables.length) {
    return { skipped: unread.map((table) => reason(table, user)).join('; ') };
  }
  const findings = tables.flatMap((table) =>
    isUnread(table) ? [untold(table, user)] : (judge(table) ?? []),
  );
  return { examined: tables.length - unread.length, findings };
}

function untold(table: DeclaredTable, user: string): FindingDraft {
  return {
    object: table.name,
    key: `unread ${table.time_column}`,
    severity: 'info',
    summary: `${table.name} was not examined: ${reason(table, user)}`,
    evidence: { problem: table.problem },
  };
}

function reason(table: DeclaredTable, user: string): string {
  const { name, schema, time_column, status_column, size_bytes } = table;
  const columns = [status_column, time_column].filter((column) => column !== null).join(', ');
  const role = quoteIdentifier(user);
  switch (table.problem) {
    case 'no-column':
      return `${name} does not have the declared columns (${columns})`;
    case 'no-time':
      return `${time_column} of ${name} is no timestamp or date`;
    case 'no-status':
      return `${status_column} of ${name} is of an enum without the declared value`;
    case 'denied':
      return (
        `grant usage on schema ${schema} to ${role}; ` +
        `grant select (${columns}) on ${name} to ${role}`
      );
    case 'hidden':
      return `row security hides ${name} from ${role}: it needs a select policy for this role`;
    default:
      return (
        `${name} has ${formatSize(size_bytes ?? 0)} and no index to find the rows by: ` +
        `create index concurrently on ${name} (${columns})`
      );
  }
}
