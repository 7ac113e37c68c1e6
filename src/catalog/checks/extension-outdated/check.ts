// Extensions whose SQL objects are older than the library on the host, or whose files are gone.
import { defineCheck } from '../../../kernel/check.ts';
import { text, textOrNull } from '../../../kernel/row.ts';

export default defineCheck({
  id: 'extension-outdated',
  group: 'versions',
  title: 'Extensions that are not up to date',
  why:
    'A package update replaces the library; the functions and views in the database stay as they ' +
    'were until ALTER EXTENSION. New columns and fixes are missing meanwhile. An extension ' +
    'without its files cannot be restored from a dump, nor upgraded.',
  remedy:
    'Run alter extension … update in every database that has it, outside of busy hours: it may ' +
    'recreate objects that views depend on. Where the files are missing install the package.',
  nothing: 'this database has no extension',
  lane: 'slow',
  thresholds: {},
  sources: [
    'PostgreSQL manual, pg_available_extensions; ALTER EXTENSION',
    'check_pgactivity, extensions_versions; splinter 0022',
  ],
  parse: (row) => ({
    name: text(row, 'name'),
    installed_version: text(row, 'installed_version'),
    available_version: textOrNull(row, 'available_version'),
  }),
  judge({ rows, examined }) {
    return {
      examined,
      findings: rows.map(({ name, installed_version, available_version }) => ({
        object: name,
        severity: available_version === null ? 'warning' : 'info',
        summary:
          available_version === null
            ? `extension ${name} ${installed_version} has no files on the host`
            : `extension ${name} is ${installed_version}, the host has ${available_version}`,
        evidence: { installed_version, available_version },
      })),
    };
  },
});
