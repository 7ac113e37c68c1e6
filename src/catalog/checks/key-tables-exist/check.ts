// Whether the tables that the application cannot do without are there.
import { defineCheck } from '../../../kernel/check.ts';
import { list, type RawRow, text } from '../../../kernel/row.ts';
import { parseTableName } from '../../probes/declared-tables/name.ts';

interface MissingTable {
  readonly name: string;
  /** Relations of the same name in other schemas. */
  readonly elsewhere: readonly string[];
}

export default defineCheck({
  id: 'key-tables-exist',
  group: 'application',
  title: 'Declared tables that do not exist',
  why:
    'The owner of this target declared that the application needs the table. Without it the ' +
    'application fails, or worse, a part of it fails that nobody watches.',
  remedy:
    'Look for the migration or the person that renamed, moved or dropped it. If it was dropped, ' +
    'stop writes to what belongs to it and restore it from a backup beside the database. If the ' +
    'change was meant, correct baselines.key_tables.',
  nothing: 'no key table is declared',
  procedures: ['key-tables-exist'],
  thresholds: {},
  sources: ['PostgreSQL manual, pg_class, Lexical Structure: identifiers and key words'],
  unconfigured: ({ key_tables }) =>
    key_tables.length === 0
      ? 'no key table is declared (baselines.key_tables in pgrunbook.yaml)'
      : undefined,
  parameters({ baselines }) {
    const names = baselines.key_tables.map(parseTableName);
    return [names.map(({ schema }) => schema), names.map(({ table }) => table)];
  },
  parse: (row: RawRow): MissingTable => ({
    name: text(row, 'table_name'),
    elsewhere: list(row, 'elsewhere'),
  }),
  judge: ({ rows, examined }, { server }) => ({
    examined,
    findings: rows.map(({ name, elsewhere }) => ({
      object: name,
      severity: 'critical',
      summary:
        `${name} does not exist in database ${server.database}` +
        (elsewhere.length > 0 ? `, but ${elsewhere.join(', ')} does` : ''),
      evidence: { elsewhere: elsewhere.join(', ') || null },
    })),
  }),
});
