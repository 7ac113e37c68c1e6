// Whether the server counts what its statements cost.
import { defineCheck } from '../../../kernel/check.ts';
import type { Server } from '../../../kernel/model.ts';
import { boolean, type RawRow } from '../../../kernel/row.ts';

type Row = ReturnType<typeof parse>;

export default defineCheck({
  id: 'statements-missing',
  group: 'queries',
  title: 'Statements are not counted',
  why:
    'Without pg_stat_statements nobody can tell which statement uses the time of the server: ' +
    'the log shows only single slow ones, not the fast one that runs a million times.',
  remedy:
    'Add pg_stat_statements to shared_preload_libraries, restart once, and run CREATE EXTENSION ' +
    'pg_stat_statements in this database. It costs a few percent at most.',
  nothing: 'the settings could not be read',
  needs: { privilege: 'pg_read_all_settings' },
  thresholds: {},
  procedures: ['top-queries-total-mean-calls'],
  sources: ['PostgreSQL manual, pg_stat_statements; compute_query_id'],
  parse,
  judge({ rows: [row] }, { server }) {
    if (row === undefined) return { examined: 0, findings: [] };
    const missing = whatIsMissing(row, server);
    if (missing === undefined) return { examined: 1, findings: [] };
    return {
      examined: 1,
      findings: [
        { object: 'pg_stat_statements', severity: 'info', summary: missing, evidence: { ...row } },
      ],
    };
  },
});

function parse(row: RawRow) {
  return {
    is_loaded: boolean(row, 'is_loaded'),
    is_installed: boolean(row, 'is_installed'),
    is_available: boolean(row, 'is_available'),
    has_no_ids: boolean(row, 'has_no_ids'),
  };
}

function whatIsMissing(row: Row, { database }: Server): string | undefined {
  const { is_loaded, is_installed, is_available, has_no_ids } = row;
  if (!is_loaded && !is_available) return 'pg_stat_statements is not on this server (contrib)';
  if (!is_loaded)
    return 'pg_stat_statements is not in shared_preload_libraries: nothing is counted';
  if (!is_installed) {
    return `pg_stat_statements counts, but its view is not installed in database ${database}`;
  }
  // With auto, the module switches identifiers on by itself.
  return has_no_ids ? 'compute_query_id is off, so pg_stat_statements counts nothing' : undefined;
}
