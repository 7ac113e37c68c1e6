// Indexes that are the same as another index of their table in every respect.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import { formatSize } from '../../../kernel/units.ts';
import {
  type OverlappingIndex,
  parseOverlappingIndex,
} from '../../probes/overlapping-indexes/probe.ts';

export default defineCheck({
  id: 'index-duplicate',
  group: 'indexes',
  title: 'Duplicate indexes',
  why:
    'Each write to the table maintains both, and both take memory and disk, while queries need ' +
    'only one. Two migrations, or a migration beside a constraint, are the usual cause.',
  remedy:
    'Drop the one that is named, with DROP INDEX CONCURRENTLY; where it belongs to a constraint, ' +
    'drop that constraint. Keep its definition, and look first for code or hints that name it.',
  nothing: 'the database has no index of its own',
  procedures: ['duplicate-indexes'],
  probe: 'overlapping-indexes',
  thresholds: {},
  sources: [
    'PostgreSQL manual, pg_index',
    'ankane/pghero#251: comparing definitions as text misses duplicates',
    'pgEdge/pgedge-postgres-mcp#78: method, predicate and expressions must match as well',
    'mfvanek/pg-index-health#586: partitioned indexes count once',
  ],
  parse: parseOverlappingIndex,
  judge({ rows, examined }) {
    return {
      examined,
      findings: rows.filter(({ relation }) => relation === 'duplicate').map(finding),
    };
  },
});

function finding(row: OverlappingIndex): FindingDraft {
  const { index, twin, table, size_bytes, constraint, twin_constraint, definition } = row;
  const kept = twin_constraint === null ? twin : `${twin}, which enforces ${twin_constraint}`;
  const own = constraint === null ? '' : `; it enforces ${constraint} a second time`;
  return {
    object: index,
    severity: 'warning',
    summary: `${index} (${formatSize(size_bytes)}) is the same as ${kept}${own}`,
    evidence: { table, twin, size_bytes, constraint, twin_constraint, definition },
  };
}
