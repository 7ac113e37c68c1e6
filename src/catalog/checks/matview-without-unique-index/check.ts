// Materialized views that cannot be refreshed while they are read.
import { defineCheck } from '../../../kernel/check.ts';
import { formatSize } from '../../../kernel/units.ts';
import { parseMaterializedView } from '../../probes/materialized-views/probe.ts';

export default defineCheck({
  id: 'matview-without-unique-index',
  group: 'tables',
  title: 'Materialized views that cannot be refreshed concurrently',
  why:
    'Without a unique index REFRESH … CONCURRENTLY fails. What is left is the plain refresh: ' +
    'all who read the view wait until it is done.',
  remedy:
    'Create a unique index on the columns that the view groups by. It must be on plain columns ' +
    'and over all rows. Then refresh concurrently.',
  nothing: 'there is no materialized view',
  probe: 'materialized-views',
  thresholds: {},
  sources: ['PostgreSQL manual, REFRESH MATERIALIZED VIEW, CONCURRENTLY'],
  parse: parseMaterializedView,
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows
      .filter(({ has_unique_index }) => !has_unique_index)
      .map(({ name, size_bytes, is_populated }) => ({
        object: name,
        severity: 'info',
        summary:
          `${name} (${formatSize(size_bytes)}) has no unique index to refresh it ` +
          'concurrently by: each refresh blocks its readers',
        evidence: { size_bytes, is_populated },
      })),
  }),
});
