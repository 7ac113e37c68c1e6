// Invalid copies that a REINDEX CONCURRENTLY left behind when it was interrupted.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { formatSize } from '../../../kernel/units.ts';
import { type InvalidIndex, parseInvalidIndex } from '../../probes/invalid-indexes/probe.ts';

export default defineCheck({
  id: 'index-leftover',
  group: 'indexes',
  title: 'Leftovers of REINDEX CONCURRENTLY',
  why:
    'The copy takes the space of an index, and every write to the table maintains it, while no ' +
    'query uses it. Each further try leaves one more.',
  remedy:
    'Drop the copy with DROP INDEX CONCURRENTLY. A name ending in _ccnew is an unfinished copy: ' +
    'reindex again afterwards. A name ending in _ccold is the original, already replaced: ' +
    'dropping it finishes the work.',
  nothing: 'the database has no index of its own',
  probe: 'invalid-indexes',
  thresholds: {},
  sources: [
    'PostgreSQL manual, REINDEX, Rebuilding Indexes Concurrently',
    'dataegret/pg_index_watch#12: invalid copies stay after a failed reindex',
  ],
  parse: parseInvalidIndex,
  judge({ rows, examined }) {
    return { examined, findings: rows.filter((row) => row.is_leftover).map(finding) };
  },
});

function finding(row: InvalidIndex): FindingDraft {
  const { index, table, size_bytes, is_ready } = row;
  const isOriginal = /_ccold\d*"?$/.test(index);
  const what = isOriginal ? 'the original that a reindex had replaced' : 'an unfinished copy';
  const cost = is_ready ? '; every write to the table maintains it' : '';
  return {
    object: index,
    severity: 'warning',
    summary: `${index} on ${table} (${formatSize(size_bytes)}) is ${what}${cost}`,
    evidence: {
      table,
      is_original: isOriginal,
      is_ready,
      size_bytes,
      definition: row.definition,
    },
  };
}
