// Fault: a migration added a constraint NOT VALID, and the step that validates it never ran.
import type { Fault } from '../../estate.ts';

export const notValidatedConstraint: Fault = {
  id: 'not-validated-constraint',
  title: 'A constraint that old rows were never checked against',
  found_by: ['constraint-not-validated'],
  async on(stage) {
    await stage.admin.query(
      `alter table public.insight_queries
         add constraint insight_queries_duration_check
         check (duration_ms >= 0) not valid`,
    );
  },
  async off(stage) {
    await stage.admin.query(
      'alter table public.insight_queries drop constraint insight_queries_duration_check',
    );
  },
};
