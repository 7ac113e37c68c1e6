// Whether the role that pgrunbook inspects with may read the data as well.
import { defineCheck } from '../../../kernel/check.ts';
import { boolean, list, number, type RawRow, text } from '../../../kernel/row.ts';
import { formatCount } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'monitor-role-privileges',
  group: 'security',
  title: 'The monitoring role may read data',
  why:
    'The password of a monitoring role lies in configurations and dashboards. With SELECT on ' +
    'the tables its loss is the loss of the data, and SELECT does not help monitoring: without ' +
    'pg_monitor the statements of others stay hidden all the same.',
  remedy:
    'Inspect as a role that has pg_monitor and CONNECT and nothing else; revoke the grants on ' +
    'tables and pg_read_all_data from it.',
  nothing: 'this database has no tables of its own',
  thresholds: {},
  sources: ['PostgreSQL manual, Predefined Roles, pg_monitor'],
  parse: (row: RawRow) => ({
    role: text(row, 'role'),
    is_superuser: boolean(row, 'is_superuser'),
    reads_all_data: boolean(row, 'reads_all_data'),
    tables: number(row, 'tables'),
    readable: number(row, 'readable'),
    examples: list(row, 'examples'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows
      .filter(({ readable }) => readable > 0)
      .map(({ role, is_superuser, reads_all_data, tables, readable, examples }) => {
        const how = is_superuser
          ? ' as a superuser'
          : reads_all_data
            ? ' as a member of pg_read_all_data'
            : '';
        return {
          object: role,
          severity: 'warning',
          summary:
            `our own role ${role} may read ${formatCount(readable)} of ${formatCount(tables)} ` +
            `tables${how}: ${examples.join(', ')}`,
          evidence: { tables, readable, is_superuser, reads_all_data },
        };
      }),
  }),
});
