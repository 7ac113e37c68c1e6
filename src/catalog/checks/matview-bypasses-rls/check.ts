// Materialized views that store rows which policies would hide from their readers.
import { defineCheck } from '../../../kernel/check.ts';
import { parseView, viewParameters } from '../../probes/dependent-views/probe.ts';

export default defineCheck({
  id: 'matview-bypasses-rls',
  group: 'row-level-security',
  title: 'Materialized views over tables with row security',
  why:
    'A materialized view stores what its owner saw when it was refreshed, and cannot have ' +
    'policies of its own. Whoever may read it sees those rows, whatever tenant is set.',
  remedy:
    'Revoke the grants on it and give out a view over it instead, with (security_barrier = ' +
    'true) and a WHERE that compares the tenant column with the setting.',
  nothing: 'no materialized view reads a table with row security',
  probe: 'dependent-views',
  thresholds: {},
  sources: [
    'PostgreSQL manual, CREATE MATERIALIZED VIEW and Row Security Policies',
    'splinter 0016 materialized_view_in_api',
  ],
  parameters: viewParameters,
  parse: parseView,
  judge({ rows }, { baselines }) {
    const views = rows.filter(({ is_materialized }) => is_materialized);
    const isDeclared = baselines.application_roles.length > 0;
    return {
      examined: views.length,
      findings: views
        .filter(({ granted_to }) => granted_to.length > 0)
        .map((view) => ({
          object: view.name,
          // Where no role is declared an application's, the reader may be a report for everybody.
          severity: isDeclared || view.granted_to.includes('public') ? 'critical' : 'warning',
          summary:
            `materialized view ${view.name} shows stored rows of ${view.tables.join(', ')} to ` +
            `${view.granted_to.join(', ')}, without their policies`,
          evidence: {
            tables: view.tables.join(', '),
            owner: view.owner,
            owner_bypasses_policies: view.bypassed.length > 0,
            granted_to: view.granted_to.join(', '),
          },
        })),
    };
  },
});
