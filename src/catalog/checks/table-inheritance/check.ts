// Tables with children by inheritance, which is not partitioning though it looks like it.
import { defineCheck } from '../../../kernel/check.ts';
import { list, number, type RawRow, text } from '../../../kernel/row.ts';
import { plural } from '../../../kernel/units.ts';

interface Parent {
  readonly name: string;
  readonly children: number;
  /** Three of them. */
  readonly examples: readonly string[];
}

export default defineCheck({
  id: 'table-inheritance',
  group: 'partitions',
  title: 'Tables with children by inheritance',
  why:
    'Primary keys, unique constraints and foreign keys of the parent do not cover the children, ' +
    'indexes are not passed on, and no row finds its child by itself.',
  remedy:
    'If it stands for partitioning from before version 10, move to declarative partitioning: ' +
    'create a partitioned table and attach the children one by one.',
  nothing: 'there is no table',
  thresholds: {},
  sources: [
    'PostgreSQL manual, Inheritance, Caveats; Table Partitioning',
    'mfvanek/pg-index-health: tables with inheritance',
  ],
  parse: (row: RawRow): Parent => ({
    name: text(row, 'table_name'),
    children: number(row, 'children'),
    examples: list(row, 'examples'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ name, children, examples }) => ({
      object: name,
      severity: 'info',
      summary:
        `${plural(children, 'table inherits', 'tables inherit')} from ${name}, and no key of it ` +
        `covers them: ${examples.join(', ')}`,
      evidence: { children },
    })),
  }),
});
