// Lines of the configuration files that the server rejects: a reload is ignored, a start fails.
import { defineCheck } from '../../../kernel/check.ts';
import { number, type RawRow, text, textOrNull } from '../../../kernel/row.ts';

export default defineCheck({
  id: 'configuration-file-errors',
  group: 'settings',
  title: 'Errors in the configuration files',
  why:
    'The server runs on the last configuration it understood and ignores the files as a whole ' +
    'at every reload. At its next start it reads them again, and does not start.',
  remedy:
    'Correct the line, reload (select pg_reload_conf()) and look again before anybody restarts ' +
    'the server.',
  nothing: 'the configuration files hold no line',
  needs: {
    privilege: 'pg_read_all_settings',
    functions: ['pg_catalog.pg_show_all_file_settings()', 'pg_catalog.pg_hba_file_rules()'],
  },
  thresholds: {},
  procedures: ['settings-review'],
  sources: ['PostgreSQL manual, pg_file_settings; pg_hba_file_rules; pg_ident_file_mappings'],
  parse: (row: RawRow) => ({
    kind: text(row, 'kind'),
    file: text(row, 'file'),
    line: number(row, 'line'),
    name: textOrNull(row, 'name'),
    error: text(row, 'error'),
  }),
  judge({ rows, examined }) {
    return {
      examined,
      findings: rows.map(({ kind, file, line, name, error }) => {
        const place = `${file.replace(/^.*[\\/]/, '')} line ${line}`;
        return {
          object: place,
          // A map that cannot be read locks out only those who log in by it.
          severity: kind === 'user names' ? 'warning' : 'critical',
          summary: `${place}${name === null ? '' : ` (${name})`}: ${error}`,
          evidence: { file, line, setting: name, error },
        };
      }),
    };
  },
});
