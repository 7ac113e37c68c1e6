// Tables that a crash empties and that no standby has.
import { defineCheck } from '../../../kernel/check.ts';
import { number, type RawRow, text } from '../../../kernel/row.ts';
import { names } from '../../../kernel/thresholds.ts';
import { formatSize, plural } from '../../../kernel/units.ts';

interface UnloggedTable {
  readonly name: string;
  /** As the last vacuum or analyze counted. */
  readonly row_count: number;
  readonly size_bytes: number;
}

export default defineCheck({
  id: 'table-unlogged',
  group: 'tables',
  title: 'Unlogged tables',
  why:
    'Changes of the table are not in the WAL: after a crash or an immediate shutdown it is ' +
    'empty, after a failover too, and neither a base backup nor point-in-time recovery has it.',
  remedy:
    'If its rows cannot be made again at any time, ALTER TABLE … SET LOGGED, in a quiet hour: it ' +
    'rewrites the table under an exclusive lock and writes all of it to the WAL. If they can, ' +
    'name the table in the threshold "except".',
  nothing: 'there is no table',
  thresholds: {
    except: names(
      [],
      'Tables that may be unlogged, as schema.table, quoted where SQL needs it',
      'Caches and staging tables are meant to be lost',
    ),
  },
  sources: ['PostgreSQL manual, CREATE TABLE, UNLOGGED', 'OPMDG/check_pgactivity: table_unlogged'],
  parameters: ({ thresholds }) => [thresholds.except],
  parse: (row: RawRow): UnloggedTable => ({
    name: text(row, 'table_name'),
    row_count: number(row, 'row_count'),
    size_bytes: number(row, 'size_bytes'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ name, row_count, size_bytes }) => {
      const rowsOf =
        row_count > 0 ? ` (about ${plural(row_count, 'row')}, ${formatSize(size_bytes)})` : '';
      return {
        object: name,
        severity: 'warning',
        summary: `${name}${rowsOf} is unlogged: a crash empties it, and no standby has its rows`,
        evidence: { row_count, size_bytes },
      };
    }),
  }),
});
