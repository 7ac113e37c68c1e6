// Indexes that are not valid: queries do not use them, yet writes may pay for them.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { formatSize } from '../../../kernel/units.ts';
import { type InvalidIndex, parseInvalidIndex } from '../../probes/invalid-indexes/probe.ts';

export default defineCheck({
  id: 'index-invalid',
  group: 'indexes',
  title: 'Invalid indexes',
  why:
    'No query uses an invalid index, so whoever built it waits in vain for the gain; most are ' +
    'maintained by every write all the same. An invalid unique index does not show that the ' +
    'rows are unique. CREATE INDEX CONCURRENTLY IF NOT EXISTS finds the name taken and does ' +
    'nothing, so running the migration again does not heal it.',
  remedy:
    'Find out what ended the build (a timeout, a deadlock, a cancel, duplicate values), then ' +
    'DROP INDEX CONCURRENTLY and build it again with statement_timeout = 0, or REINDEX INDEX ' +
    'CONCURRENTLY. Remove duplicate values first where the index is unique.',
  nothing: 'the database has no index of its own',
  probe: 'invalid-indexes',
  thresholds: {},
  sources: [
    'PostgreSQL manual, CREATE INDEX, Building Indexes Concurrently',
    'supabase/splinter#179: partitioned indexes and builds in progress are false alarms',
    'sourcegraph/sourcegraph-public-snapshot#19694: only when no build is in progress',
    'braintree/pg_ha_migrations#147: IF NOT EXISTS keeps the invalid index for ever',
  ],
  parse: parseInvalidIndex,
  judge({ rows, examined }) {
    // What REINDEX CONCURRENTLY left behind is another fault with another cure: index-leftover.
    return { examined, findings: rows.filter((row) => !row.is_leftover).map(finding) };
  },
});

function finding(row: InvalidIndex): FindingDraft {
  const { index, table, size_bytes, is_unique, is_ready, is_live } = row;
  return {
    object: index,
    // Somebody may rely on a uniqueness that nothing guarantees; other kinds cost time and space.
    severity: is_unique && is_live ? 'critical' : 'warning',
    summary: `${index} on ${table} (${formatSize(size_bytes)}) is invalid: ${effect(row)}`,
    evidence: { table, is_unique, is_ready, is_live, size_bytes, definition: row.definition },
  };
}

function effect({ is_unique, is_ready, is_live }: InvalidIndex): string {
  if (!is_live) return 'dropping it concurrently was interrupted';
  if (!is_ready && is_unique) return 'its build ended early, and nothing keeps the rows unique';
  if (!is_ready) return 'its build ended early, and no query uses it';
  return is_unique
    ? 'it refuses new duplicates, but older ones may exist, and no query uses it'
    : 'every write maintains it and no query uses it';
}
