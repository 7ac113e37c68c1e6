// Indexes built under another version of the library that sorts text.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { boolean, number, type RawRow, text, textOrNull } from '../../../kernel/row.ts';
import { plural } from '../../../kernel/units.ts';

interface StaleCollation {
  readonly object: string;
  /** True for the default collation of the database. */
  readonly is_database: boolean;
  /** Indexes that sort by it. */
  readonly indexes: number;
  readonly recorded_version: string;
  /** null where the library no longer has this collation. */
  readonly actual_version: string | null;
}

export default defineCheck({
  id: 'index-collation-stale',
  group: 'indexes',
  title: 'Indexes sorted by another collation version',
  why:
    'An update of the operating system or of ICU changed how text sorts. Indexes built before it ' +
    'are in the old order: queries miss rows that are there, unique indexes let duplicates in, ' +
    'and no error says so.',
  remedy:
    'Stop adding to the damage: reindex every index that sorts by this collation, with REINDEX ' +
    'INDEX CONCURRENTLY, and resolve the duplicates that unique ones report. Only then record ' +
    'the new version with ALTER COLLATION or ALTER DATABASE … REFRESH COLLATION VERSION.',
  nothing: 'no index depends on a collation for which a version was recorded',
  thresholds: {},
  sources: [
    'PostgreSQL manual, ALTER COLLATION, notes on collation versions',
    'PostgreSQL manual, pg_database.datcollversion (15 and later)',
  ],
  parse: (row: RawRow): StaleCollation => ({
    object: text(row, 'object'),
    is_database: boolean(row, 'is_database'),
    indexes: number(row, 'indexes'),
    recorded_version: text(row, 'recorded_version'),
    actual_version: textOrNull(row, 'actual_version'),
  }),
  judge: ({ rows, examined }) => ({ examined, findings: rows.map(finding) }),
});

function finding(stale: StaleCollation): FindingDraft {
  const { object, is_database, indexes, recorded_version, actual_version } = stale;
  const what = is_database ? `the default collation of ${object}` : object;
  const now = actual_version === null ? 'is unknown to the library' : `is ${actual_version}`;
  return {
    object,
    // Without an index nothing stored depends on the order, but partitions by text may.
    severity: indexes > 0 ? 'critical' : 'warning',
    summary:
      `${plural(indexes, 'index', 'indexes')} may be in a wrong order: ${what} was recorded with ` +
      `version ${recorded_version} and now ${now}`,
    evidence: { indexes, recorded_version, actual_version, is_database },
  };
}
