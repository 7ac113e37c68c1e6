// Partitions and inheritance children that are granted without the policies of their parent.
import { defineCheck } from '../../../kernel/check.ts';
import { boolean, list, number, type RawRow, text } from '../../../kernel/row.ts';
import { plural } from '../../../kernel/units.ts';

interface Parent {
  readonly name: string;
  readonly is_partitioned: boolean;
  readonly children: number;
  readonly open_children: number;
  /** Three of the open ones. */
  readonly examples: readonly string[];
  readonly granted_to: readonly string[];
}

export default defineCheck({
  id: 'rls-partition-child',
  group: 'row-level-security',
  title: 'Partitions that can be reached around the policies of their parent',
  why:
    'The policies of a table apply to queries that name the table. A partition that is named ' +
    'directly has only its own: with a grant on it every row can be read. GRANT … ON ALL TABLES ' +
    'IN SCHEMA grants the partitions too.',
  remedy:
    'Revoke the grants on the partitions; queries through the parent do not need them. Or ' +
    'enable and force row security on each partition with the same policies.',
  nothing: 'no table with row security has partitions or children',
  thresholds: {},
  sources: ['PostgreSQL manual, Table Partitioning and Inheritance: access through the parent'],
  parameters: ({ baselines }) => [baselines.application_roles],
  parse: (row: RawRow): Parent => ({
    name: text(row, 'table'),
    is_partitioned: boolean(row, 'is_partitioned'),
    children: number(row, 'children'),
    open_children: number(row, 'open_children'),
    examples: list(row, 'examples'),
    granted_to: list(row, 'granted_to'),
  }),
  judge({ rows, examined }, { baselines }) {
    const isDeclared = baselines.application_roles.length > 0;
    return {
      examined,
      findings: rows.map((parent) => {
        const who = parent.granted_to.join(', ');
        const noun = parent.is_partitioned ? ['partition'] : ['child', 'children'];
        const isOpenToAll = isDeclared || parent.granted_to.includes('public');
        return {
          object: parent.name,
          severity: isOpenToAll ? 'critical' : 'warning',
          summary:
            `${parent.open_children} of ${plural(parent.children, noun[0] ?? '', noun[1])} of ` +
            `${parent.name} can be used without its policies by ${who}: ` +
            parent.examples.join(', '),
          evidence: {
            children: parent.children,
            open_children: parent.open_children,
            granted_to: who,
          },
        };
      }),
    };
  },
});
