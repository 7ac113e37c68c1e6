// Sequences that are about to run out of numbers, or of numbers that fit their column.
import { defineCheck } from '../../../kernel/check.ts';
import { quoteIdentifier } from '../../../kernel/identifiers.ts';
import type { FindingDraft, Server } from '../../../kernel/model.ts';
import { list, number, type RawRow, text, textOrNull } from '../../../kernel/row.ts';
import { percent } from '../../../kernel/thresholds.ts';
import { formatCount, formatPercent, plural } from '../../../kernel/units.ts';

interface UsedSequence {
  readonly name: string;
  /** The narrowest column that it fills; null where none is known. */
  readonly column: string | null;
  readonly column_type: string | null;
  readonly last_value: number;
  readonly last_number: number;
  readonly numbers_left: number;
  readonly used_percent: number;
}

interface Row {
  readonly unreadable: number;
  /** Quoted where needed. */
  readonly unreadable_schemas: readonly string[];
  /** Absent where nothing is near its end. */
  readonly used: UsedSequence | undefined;
}

export default defineCheck({
  id: 'sequence-exhaustion',
  group: 'tables',
  title: 'Sequences near their end',
  why:
    'After the last number every insert that needs one fails, at once and for good. An integer ' +
    'column ends at 2,147,483,647 even if its sequence is a bigint.',
  remedy:
    'Change the column to bigint, and every column that refers to it, before the end: on a large ' +
    'table that is a migration of days with a second column. To gain time at the end, let an ' +
    'integer sequence start again at -2147483648, if the application bears negative keys.',
  nothing: 'there is no sequence',
  thresholds: {
    warning_percent: percent(
      75,
      'Used share of the numbers from which it is a warning',
      'pgmonitor: 75; changing the type of a large column takes weeks to plan',
    ),
    critical_percent: percent(
      90,
      'Used share of the numbers from which it is critical',
      'PgHero and postgres-mcp: 90',
    ),
  },
  sources: [
    'PostgreSQL manual, pg_sequence, pg_sequences, CREATE SEQUENCE, Numeric Types',
    'crystaldba/postgres-mcp#109: a quoted name broke the check',
    'ankane/pghero#538: an unlogged sequence cannot be read on a standby',
    'ankane/pghero#302: sequences that a monitor may not read',
  ],
  parameters: ({ thresholds }) => [thresholds.warning_percent],
  parse: (row: RawRow): Row => ({
    unreadable: number(row, 'unreadable'),
    unreadable_schemas: list(row, 'unreadable_schemas'),
    used: row['sequence'] === null ? undefined : parseUsed(row),
  }),
  judge({ rows, examined }, { thresholds, server }) {
    const [first] = rows;
    const blind = first !== undefined && first.unreadable > 0 ? untold(first, server) : [];
    if (examined === 0 && blind[0] !== undefined) return { skipped: blind[0].summary };
    const findings = rows.flatMap(({ used }) =>
      used === undefined ? [] : [finding(used, thresholds.critical_percent)],
    );
    return { examined, findings: [...findings, ...blind] };
  },
});

// Tables made after the last GRANT are the usual case: one of them may be near its end, unseen.
function untold({ unreadable, unreadable_schemas }: Row, server: Server): FindingDraft[] {
  const schemas = unreadable_schemas.join(', ');
  const draft = {
    object: server.database,
    severity: 'info' as const,
    summary:
      `the last value of ${plural(unreadable, 'sequence')} may not be read: ` +
      `grant select on all sequences in schema ${schemas} to ${quoteIdentifier(server.user)}`,
    evidence: { unreadable, schemas },
  };
  return [draft];
}

function parseUsed(row: RawRow): UsedSequence {
  return {
    name: text(row, 'sequence'),
    column: textOrNull(row, 'column_name'),
    column_type: textOrNull(row, 'column_type'),
    last_value: number(row, 'last_value'),
    last_number: number(row, 'last_number'),
    numbers_left: number(row, 'numbers_left'),
    used_percent: number(row, 'used_percent'),
  };
}

function finding(used: UsedSequence, critical_percent: number): FindingDraft {
  const column = used.column === null ? '' : ` for ${used.column} (${used.column_type})`;
  const left = used.numbers_left === 1 ? '1 is' : `${formatCount(used.numbers_left)} are`;
  return {
    object: used.name,
    severity: used.used_percent >= critical_percent ? 'critical' : 'warning',
    summary:
      `${used.name} has used ${formatPercent(used.used_percent)} of its numbers, ` +
      `${left} left${column}`,
    evidence: {
      used_percent: Math.round(used.used_percent * 10) / 10,
      last_value: used.last_value,
      last_number: used.last_number,
      numbers_left: used.numbers_left,
      column: used.column,
      column_type: used.column_type,
    },
  };
}
