// Schemas that every role may create objects in.
import { defineCheck } from '../../../kernel/check.ts';
import { type RawRow, text } from '../../../kernel/row.ts';

export default defineCheck({
  id: 'public-schema-create',
  group: 'security',
  title: 'Schemas in which everybody may create',
  why:
    'A role without any right can put a function or operator of its own into the schema. Where ' +
    'the search_path of somebody else finds it first, it runs with the rights of that one: this ' +
    'is how a harmless login becomes superuser (CVE-2018-1058).',
  remedy:
    'Run REVOKE CREATE ON SCHEMA … FROM PUBLIC, then grant it to the roles that migrate. New ' +
    'databases since 15 are made that way; databases that were upgraded keep the old grant.',
  nothing: 'no schema but those of the system exists',
  thresholds: {},
  sources: [
    'PostgreSQL manual, Schemas, Usage Patterns; release notes of 15',
    'CVE-2018-1058',
    'pgwatch, reco_default_public_schema',
  ],
  parse: (row: RawRow) => ({
    schema: text(row, 'schema'),
    owner: text(row, 'owner'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ schema, owner }) => ({
      object: schema,
      severity: 'warning',
      summary: `every role may create objects in schema ${schema}`,
      evidence: { owner },
    })),
  }),
});
