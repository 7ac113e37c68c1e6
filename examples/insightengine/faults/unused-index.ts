// Fault: an index made for a search that was never built; every insert pays for it.
import type { Fault } from '../../estate.ts';

export const unusedIndex: Fault = {
  id: 'unused-index',
  title: 'An index that no query uses',
  found_by: ['index-unused'],
  async on(stage) {
    await stage.admin.query(
      `create index idx_insight_queries_prompt
         on public.insight_queries (lower(prompt), created_at)`,
    );
  },
  async off(stage) {
    await stage.admin.query('drop index public.idx_insight_queries_prompt');
  },
};
