// Extensions whose objects lie in schema public.
import { defineCheck } from '../../../kernel/check.ts';
import { boolean, type RawRow, text } from '../../../kernel/row.ts';

export default defineCheck({
  id: 'extension-in-public',
  group: 'security',
  title: 'Extensions in schema public',
  why:
    'Whoever uses the extension needs public in the search_path, and then finds everything else ' +
    'that was put there. Its functions also mix with the tables of the application, in grants ' +
    'ON ALL … IN SCHEMA and in dumps.',
  remedy:
    'Create a schema extensions, grant USAGE on it, and ALTER EXTENSION … SET SCHEMA extensions ' +
    'where the extension allows it; add the schema to the search_path of the application first.',
  nothing: 'no extension but plpgsql is installed',
  thresholds: {},
  sources: [
    'PostgreSQL manual, CREATE EXTENSION: the schema should hold nothing untrusted',
    'splinter 0014 extension_in_public',
  ],
  parse: (row: RawRow) => ({
    extension: text(row, 'extension'),
    is_relocatable: boolean(row, 'is_relocatable'),
    public_may_create: boolean(row, 'public_may_create'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ extension, is_relocatable, public_may_create }) => ({
      object: extension,
      // What anybody may create beside it can be taken for a part of it.
      severity: public_may_create ? 'warning' : 'info',
      summary:
        `extension ${extension} is installed in schema public` +
        (public_may_create ? ', in which every role may create objects' : ''),
      evidence: { is_relocatable, public_may_create },
    })),
  }),
});
