// Published tables whose updates and deletes fail, because nothing names the changed row.
import { defineCheck } from '../../../kernel/check.ts';
import { number, type RawRow, text } from '../../../kernel/row.ts';
import { formatCount, plural } from '../../../kernel/units.ts';

interface PublishedTable {
  /** The published table; its partitions are counted with it. */
  readonly name: string;
  /** Tables without usable identity: 1, or partitions of the published one. */
  readonly tables: number;
  /** pg_class.relreplident: d default, n nothing, i index. */
  readonly replica_identity: string;
  /** Quoted where needed, with commas between. */
  readonly publications: string;
  /** Rows updated and deleted since the counters began. */
  readonly changes: number;
}

export default defineCheck({
  id: 'table-replica-identity',
  group: 'tables',
  title: 'Published tables that cannot be updated',
  why:
    'A publication sends updates and deletes by the replica identity of the table. Without one ' +
    'every UPDATE and DELETE of the table fails on this server, not on the subscriber.',
  remedy:
    'Give the table a primary key, or name a unique index over columns that are never null as ' +
    'its REPLICA IDENTITY. FULL works at once and makes subscribers slow. If the table need not ' +
    'be replicated, take it out of the publication.',
  nothing: 'no publication sends updates or deletes of a table',
  thresholds: {},
  sources: ['PostgreSQL manual, Logical Replication, Publication; ALTER TABLE, REPLICA IDENTITY'],
  parse: (row: RawRow): PublishedTable => ({
    name: text(row, 'table_name'),
    tables: number(row, 'tables'),
    replica_identity: text(row, 'replica_identity'),
    publications: text(row, 'publications'),
    changes: number(row, 'changes'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map((table) => {
      const { name, tables, changes, publications } = table;
      const which = tables > 1 ? `${plural(tables, 'partition')} of ${name}` : name;
      const reason = reasons[table.replica_identity] ?? 'unknown';
      const changed =
        changes > 0 ? `; ${formatCount(changes)} rows were changed before it was so` : '';
      return {
        object: name,
        // Where rows used to change, statements of an application fail now.
        severity: changes > 0 ? 'critical' : 'warning',
        summary:
          `${which} ${tables > 1 ? 'have' : 'has'} no replica identity (${reason}), ` +
          `and ${publications} publishes updates or deletes${changed}`,
        evidence: { tables, changes, publications, replica_identity: table.replica_identity },
      };
    }),
  }),
});

const reasons: Readonly<Record<string, string>> = {
  d: 'no primary key that is checked at once',
  n: 'set to nothing',
  i: 'its index is gone or invalid',
};
