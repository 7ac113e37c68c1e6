// Fault: a tidy-up dropped the index that deleting a question needs to find its insights.
import type { Fault } from '../../estate.ts';

export const missingForeignKeyIndex: Fault = {
  id: 'missing-foreign-key-index',
  title: 'A foreign key without an index',
  found_by: ['foreign-key-unindexed'],
  async on(stage) {
    await stage.admin.query('drop index public.idx_insights_query');
  },
  async off(stage) {
    await stage.admin.query('create index idx_insights_query on public.insights (query_id)');
  },
};
