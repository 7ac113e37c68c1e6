// Btree indexes whose whole key is the beginning of another index's key.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { formatSize } from '../../../kernel/units.ts';
import {
  type OverlappingIndex,
  parseOverlappingIndex,
} from '../../probes/overlapping-indexes/probe.ts';

export default defineCheck({
  id: 'index-redundant',
  group: 'indexes',
  title: 'Indexes covered by a longer one',
  why:
    'An index on (a, b) answers what an index on (a) answers. The shorter one then costs writes, ' +
    'memory and disk for a gain that is often too small to notice.',
  remedy:
    'Compare the sizes. Where the longer index is not several times larger, drop the shorter one ' +
    'with DROP INDEX CONCURRENTLY, keep its definition, and watch the queries for a week.',
  nothing: 'the database has no index of its own',
  probe: 'overlapping-indexes',
  thresholds: {},
  sources: [
    'PostgreSQL manual, Multicolumn Indexes',
    'ankane/pghero#508: people take "duplicate" for a mistake where "covered" is meant',
    'pgEdge/pgedge-postgres-mcp#78: method, predicate and expressions must match as well',
  ],
  parse: parseOverlappingIndex,
  judge({ rows, examined }) {
    return {
      examined,
      findings: rows.filter(({ relation }) => relation === 'redundant').map(finding),
    };
  },
});

function finding(row: OverlappingIndex): FindingDraft {
  const { index, twin, table, size_bytes, twin_size_bytes, definition, twin_definition } = row;
  const sizes = [formatSize(size_bytes), formatSize(twin_size_bytes)];
  const kind = row.is_twin_unique ? 'the unique index ' : '';
  return {
    object: index,
    severity: 'info',
    summary: `${index} (${sizes[0]}) does nothing that ${kind}${twin} (${sizes[1]}) does not do`,
    evidence: { table, twin, size_bytes, twin_size_bytes, definition, twin_definition },
  };
}
