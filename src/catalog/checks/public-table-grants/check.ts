// Tables, views and sequences that every role of the server may use.
import { defineCheck } from '../../../kernel/check.ts';
import { boolean, type RawRow, text } from '../../../kernel/row.ts';

export default defineCheck({
  id: 'public-table-grants',
  group: 'security',
  title: 'Tables granted to PUBLIC',
  why:
    'PUBLIC is every role there is and will be: a monitoring login, a report, the role of ' +
    'another application in the same server. Nobody notices who uses such a grant.',
  remedy:
    'Run REVOKE … ON … FROM PUBLIC, and grant to the roles that need it. Look first who ' +
    'reads it: a role that relied on the grant gets permission denied from then on.',
  nothing: 'no table, view or sequence exists',
  thresholds: {},
  sources: ['PostgreSQL manual, Privileges', 'CIS PostgreSQL Benchmark, privileges'],
  parse: (row: RawRow) => ({
    relation: text(row, 'relation'),
    privileges: text(row, 'privileges'),
    is_writing: boolean(row, 'is_writing'),
    has_row_security: boolean(row, 'has_row_security'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ relation, privileges, is_writing, has_row_security }) => ({
      object: relation,
      severity: is_writing ? 'warning' : 'info',
      summary: `every role has ${privileges} on ${relation}`,
      evidence: { privileges, has_row_security },
    })),
  }),
});
