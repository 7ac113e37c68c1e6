// Tables whose rows nothing tells apart.
import { defineCheck } from '../../../kernel/check.ts';
import { boolean, number, type RawRow, text, textOrNull } from '../../../kernel/row.ts';
import { names } from '../../../kernel/thresholds.ts';
import { plural } from '../../../kernel/units.ts';

interface KeylessTable {
  readonly name: string;
  readonly is_partitioned: boolean;
  /** As the last vacuum or analyze counted. */
  readonly row_count: number;
  /** A unique index over columns that are never null. */
  readonly unique_key: string | null;
}

export default defineCheck({
  id: 'table-no-primary-key',
  group: 'tables',
  title: 'Tables without primary key',
  why:
    'The same row can be there twice, and then neither can be changed or deleted alone. Logical ' +
    'replication refuses updates of the table, and tools that repack or compare it do too.',
  remedy:
    'Look for a column or columns that are unique already, build a unique index on them ' +
    'concurrently, and make it the primary key. If there are none, add an identity column. If ' +
    'the table is what an import left behind, drop it.',
  nothing: 'there is no table',
  thresholds: {
    except: names(
      [],
      'Tables that may be without, as schema.table, quoted where SQL needs it',
      'Logs and staging tables are sometimes meant to have no key',
    ),
  },
  sources: [
    'PostgreSQL manual, Constraints, Primary Keys; Logical Replication, Publication',
    'supabase/splinter 0004, no_primary_key',
  ],
  parameters: ({ thresholds }) => [thresholds.except],
  parse: (row: RawRow): KeylessTable => ({
    name: text(row, 'table_name'),
    is_partitioned: boolean(row, 'is_partitioned'),
    row_count: number(row, 'row_count'),
    unique_key: textOrNull(row, 'unique_key'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ name, is_partitioned, row_count, unique_key }) => {
      const rowsOf = row_count > 0 ? ` (about ${plural(row_count, 'row')})` : '';
      const kind = is_partitioned ? 'partitioned table ' : '';
      const key =
        unique_key === null ? 'or other unique key' : `but the unique index ${unique_key}`;
      return {
        object: name,
        severity: unique_key === null ? 'warning' : 'info',
        summary: `${kind}${name}${rowsOf} has no primary key ${key}`,
        evidence: { row_count, is_partitioned, unique_key },
      };
    }),
  }),
});
