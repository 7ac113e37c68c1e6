// Procedural languages whose functions may do anything on the host.
import { defineCheck } from '../../../kernel/check.ts';
import { number, type RawRow, text, textOrNull } from '../../../kernel/row.ts';
import { plural } from '../../../kernel/units.ts';

export default defineCheck({
  id: 'untrusted-language',
  group: 'security',
  title: 'Untrusted procedural languages',
  why:
    'A function in plpython3u, plperlu or the like opens files and sockets as the user of the ' +
    'server, past every grant. Only a superuser can write one, but whoever may EXECUTE it uses ' +
    'that power, and a mistake in it is a mistake on the host.',
  remedy:
    'Drop the language where nothing uses it. Review each function, revoke EXECUTE from PUBLIC, ' +
    'and move what needs the host into the application.',
  nothing: 'no procedural language is installed',
  thresholds: {},
  sources: ['PostgreSQL manual, CREATE LANGUAGE, TRUSTED', 'CIS PostgreSQL Benchmark'],
  parse: (row: RawRow) => ({
    language: text(row, 'language'),
    functions: number(row, 'functions'),
    public_functions: number(row, 'public_functions'),
    example: textOrNull(row, 'example'),
  }),
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows.map(({ language, functions, public_functions, example }) => ({
      object: language,
      severity: public_functions > 0 ? 'warning' : 'info',
      summary:
        `untrusted language ${language} has ${plural(functions, 'function')}` +
        (public_functions > 0
          ? `, of which every role may call ${public_functions}, such as ${example}`
          : ''),
      evidence: { functions, public_functions, example },
    })),
  }),
});
