// Constraints that new rows must keep and that old rows were never checked against.
import { defineCheck } from '../../../kernel/check.ts';
import { numberOrNull, type RawRow, text } from '../../../kernel/row.ts';

interface UnvalidatedConstraint {
  /** "constraint on schema.table". */
  readonly name: string;
  /** pg_constraint.contype, or "domain". */
  readonly kind: string;
  readonly definition: string;
  /** As the last vacuum or analyze counted; null for a domain. */
  readonly row_count: number | null;
}

export default defineCheck({
  id: 'constraint-not-validated',
  group: 'tables',
  title: 'Constraints that are not validated',
  why:
    'Rows that were there before may break the constraint, and nobody knows. The planner does ' +
    'not rely on it, and a restore or an update of such a row fails where nobody expects it.',
  remedy:
    'ALTER TABLE … VALIDATE CONSTRAINT reads the table while others go on reading and writing. ' +
    'If it fails, its message names a row: correct the rows first.',
  nothing: 'no table has a check or foreign key constraint',
  thresholds: {},
  sources: [
    'PostgreSQL manual, ALTER TABLE, NOT VALID and VALIDATE CONSTRAINT',
    'PgHero and postgres-mcp: invalid constraints',
  ],
  parse: (row: RawRow): UnvalidatedConstraint => ({
    name: text(row, 'constraint_name'),
    kind: text(row, 'kind'),
    definition: text(row, 'definition'),
    row_count: numberOrNull(row, 'row_count'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ name, kind, row_count, definition }) => ({
      object: name,
      severity: 'warning',
      summary: `${kinds[kind] ?? 'constraint'} ${name} was never validated: ${unknown(kind)}`,
      evidence: { kind: kinds[kind] ?? kind, definition, row_count },
    })),
  }),
});

const kinds: Readonly<Record<string, string>> = {
  c: 'check constraint',
  f: 'foreign key',
  n: 'not-null constraint',
  domain: 'domain constraint',
};

function unknown(kind: string): string {
  return kind === 'f' ? 'older rows may refer to nothing' : 'older rows may break it';
}
