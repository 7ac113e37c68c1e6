// Views that show the rows which the policies of their tables hide.
import { defineCheck } from '../../../kernel/check.ts';
import type { FindingDraft } from '../../../kernel/model.ts';
import {
  type DependentView,
  parseView,
  viewParameters,
} from '../../probes/dependent-views/probe.ts';

export default defineCheck({
  id: 'view-bypasses-rls',
  group: 'row-level-security',
  title: 'Views that bypass row security',
  why:
    'A view reads its tables with the rights of its owner. If the owner is exempt from the ' +
    'policies, whoever may read the view sees the rows of all tenants.',
  remedy:
    'Run ALTER VIEW … SET (security_invoker = true) from PostgreSQL 15 on; the readers then need ' +
    'grants on the tables. Before 15, force row security on the tables and let a role without ' +
    'BYPASSRLS own the view.',
  nothing: 'no view reads a table with row security',
  probe: 'dependent-views',
  thresholds: {},
  sources: [
    'PostgreSQL manual, CREATE VIEW, security_invoker',
    'splinter 0010 security_definer_view; #80, #81, #98: it can be meant',
  ],
  parameters: viewParameters,
  parse: parseView,
  judge({ rows }) {
    const views = rows.filter(({ is_materialized }) => !is_materialized);
    const open = views.filter(
      ({ bypassed, granted_to }) => bypassed.length > 0 && granted_to.length > 0,
    );
    return { examined: views.length, findings: open.map(finding) };
  },
});

function finding(view: DependentView): FindingDraft {
  // It asks for a setting or the user, behind a barrier: the classic way to write such a view.
  const isDeliberate = view.filters_itself && view.is_barrier;
  const readers = view.granted_to.join(', ');
  const note = view.filters_itself ? '; it filters by a setting or by the user itself' : '';
  return {
    object: view.name,
    severity: isDeliberate ? 'info' : view.filters_itself ? 'warning' : 'critical',
    summary:
      `view ${view.name} reads ${view.bypassed.join(', ')} with the rights of ` +
      `${view.checkers.join(', ')}, whom the policies do not bind, for ${readers}${note}`,
    evidence: {
      tables: view.bypassed.join(', '),
      reads_as: view.checkers.join(', '),
      granted_to: readers,
      filters_itself: view.filters_itself,
      is_security_barrier: view.is_barrier,
    },
  };
}
