// Foreign keys whose column has another type than the column it refers to.
import { defineCheck } from '../../../kernel/check.ts';
import { numberOrNull, type RawRow, text } from '../../../kernel/row.ts';
import { formatCount } from '../../../kernel/units.ts';

interface MismatchedKey {
  /** "constraint on schema.table". */
  readonly name: string;
  readonly column: string;
  readonly column_type: string;
  readonly referenced_column: string;
  readonly referenced_type: string;
  /** What the column can hold at most, where it is the smaller integer of the two. */
  readonly largest_number: number | null;
}

export default defineCheck({
  id: 'foreign-key-type-mismatch',
  group: 'tables',
  title: 'Foreign keys between different types',
  why:
    'A smaller integer cannot hold the larger keys: inserts fail once the referenced table ' +
    'passes its limit. Other pairs work until a value comes that only one of them can hold.',
  remedy:
    'Change the referencing column to the type of the referenced one. On a large table do it ' +
    'with a second column that a trigger keeps equal, as the change rewrites the table.',
  nothing: 'there is no foreign key',
  thresholds: {},
  sources: [
    'PostgreSQL manual, Constraints, Foreign Keys; Numeric Types',
    'mfvanek/pg-index-health: foreign keys with unmatched column type',
  ],
  parse: (row: RawRow): MismatchedKey => ({
    name: text(row, 'constraint_name'),
    column: text(row, 'column_name'),
    column_type: text(row, 'column_type'),
    referenced_column: text(row, 'referenced_column'),
    referenced_type: text(row, 'referenced_type'),
    largest_number: numberOrNull(row, 'largest_number'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map((key) => {
      const { column, column_type, referenced_column, referenced_type, largest_number } = key;
      const end =
        largest_number === null ? '' : `: it cannot refer beyond ${formatCount(largest_number)}`;
      return {
        object: key.name,
        // A key over two columns can have two faults.
        key: column,
        severity: largest_number === null ? 'info' : 'warning',
        summary:
          `${column} is ${column_type} and refers to ${referenced_column}, which is ` +
          `${referenced_type}${end}`,
        evidence: { column, column_type, referenced_column, referenced_type, largest_number },
      };
    }),
  }),
});
