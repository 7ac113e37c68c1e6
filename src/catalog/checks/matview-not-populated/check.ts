// Materialized views that every query of them fails on, because they were never refreshed.
import { defineCheck } from '../../../kernel/check.ts';
import { parseMaterializedView } from '../../probes/materialized-views/probe.ts';

export default defineCheck({
  id: 'matview-not-populated',
  group: 'tables',
  title: 'Materialized views without data',
  why:
    'The view was created or refreshed WITH NO DATA. Every query of it fails until it is ' +
    'refreshed, and so does a concurrent refresh.',
  remedy:
    'REFRESH MATERIALIZED VIEW, without CONCURRENTLY the first time. It locks the view ' +
    'exclusively, which hurts nobody, as nobody can read it. Then look at the job that refreshes.',
  nothing: 'there is no materialized view',
  probe: 'materialized-views',
  thresholds: {},
  sources: ['PostgreSQL manual, REFRESH MATERIALIZED VIEW; pg_class.relispopulated'],
  parse: parseMaterializedView,
  judge: ({ rows, examined }) => ({
    examined,
    findings: rows
      .filter(({ is_populated }) => !is_populated)
      .map(({ name, has_unique_index }) => ({
        object: name,
        severity: 'warning',
        summary: `${name} has no data: every query of it fails until it is refreshed`,
        evidence: { is_populated: false, has_unique_index },
      })),
  }),
});
