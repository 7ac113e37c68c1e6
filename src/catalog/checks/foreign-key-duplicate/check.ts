// Foreign keys that repeat another one of the same table.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { boolean, type RawRow, text } from '../../../kernel/row.ts';

interface DuplicateKey {
  readonly constraint: string;
  readonly twin: string;
  readonly table: string;
  readonly referenced_table: string;
  /** True where the two ask for different actions on delete or update. */
  readonly is_contradictory: boolean;
  readonly definition: string;
}

export default defineCheck({
  id: 'foreign-key-duplicate',
  group: 'indexes',
  title: 'Duplicate foreign keys',
  why:
    'Each row written is looked up once for each of the two, and each delete of a referenced row ' +
    'as well. Where their actions differ, nobody can say which one is meant.',
  remedy:
    'Decide which action is meant, then drop the other constraint with ALTER TABLE … DROP ' +
    'CONSTRAINT and a short lock_timeout.',
  nothing: 'the database has no foreign key',
  lane: 'slow',
  thresholds: {},
  sources: ['PostgreSQL manual, pg_constraint', 'mfvanek/pg-index-health: duplicated foreign keys'],
  parse: (row: RawRow): DuplicateKey => ({
    constraint: text(row, 'constraint_name'),
    twin: text(row, 'twin_name'),
    table: text(row, 'table_name'),
    referenced_table: text(row, 'referenced_table'),
    is_contradictory: boolean(row, 'is_contradictory'),
    definition: text(row, 'definition'),
  }),
  judge: ({ rows, examined }) => ({ examined, findings: rows.map(finding) }),
});

function finding(key: DuplicateKey): FindingDraft {
  const { constraint, twin, table, referenced_table, is_contradictory, definition } = key;
  const actions = is_contradictory ? ', but with other actions' : '';
  return {
    object: constraint,
    severity: is_contradictory ? 'warning' : 'info',
    summary: `${constraint} repeats ${twin}, which refers to ${referenced_table} too${actions}`,
    evidence: { table, twin, referenced_table, is_contradictory, definition },
  };
}
