// Roles that can read all tables of today and will not be able to read the next one.
import { defineCheck } from '../../../kernel/check.ts';
import { list, number, type RawRow, text } from '../../../kernel/row.ts';
import { amount, percent } from '../../../kernel/thresholds.ts';

export default defineCheck({
  id: 'default-privileges-missing',
  group: 'security',
  title: 'Grants that new tables will not have',
  why:
    'GRANT … ON ALL TABLES covers the tables of that moment. The next migration makes a table ' +
    'that the application, or the backup, is denied: found out in production.',
  remedy:
    'Run ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA … GRANT SELECT … ON TABLES TO role. ' +
    'FOR ROLE must name the role that creates the tables: the default is the one who types it.',
  nothing: 'no role was granted most tables of a schema',
  thresholds: {
    tables: amount(3, 'Schemas with fewer tables of an owner are left out', 'our own'),
    share: percent(
      80,
      'From this share of readable tables on the role is meant to read all',
      'our own',
    ),
  },
  sources: [
    'PostgreSQL manual, ALTER DEFAULT PRIVILEGES',
    'blazer#521, movetokube/postgres-operator#319: FOR ROLE was missing',
  ],
  parameters: ({ baselines, thresholds }) => [
    baselines.application_roles,
    thresholds.tables,
    thresholds.share,
  ],
  parse: (row: RawRow) => ({
    grantee: text(row, 'grantee'),
    schema: text(row, 'schema'),
    owner: text(row, 'owner'),
    tables: number(row, 'tables'),
    readable: number(row, 'readable'),
    forgotten: list(row, 'forgotten'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ grantee, schema, owner, tables, readable, forgotten }) => ({
      object: `${grantee} in schema ${schema}`,
      key: owner,
      // A table that came after the last grant shows that it has happened already.
      severity: forgotten.length > 0 ? 'warning' : 'info',
      summary:
        `${grantee} may read ${readable} of ${tables} tables of ${owner} in schema ${schema}, ` +
        (forgotten.length > 0 ? `but not the newest: ${forgotten.join(', ')}` : 'not the next one'),
      evidence: { owner, tables, readable, forgotten: forgotten.join(', ') || null },
    })),
  }),
});
