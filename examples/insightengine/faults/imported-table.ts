// Fault: a migration copied a table with CREATE TABLE AS: rows, but no key and no statistics.
import type { Fault } from '../../estate.ts';
import { publishStatistics } from '../../fault-steps.ts';

export const importedTable: Fault = {
  id: 'imported-table',
  title: 'A copied table without primary key, never analyzed',
  found_by: ['table-no-primary-key', 'statistics-never-analyzed'],
  async on(stage) {
    // The threshold keeps it so: autovacuum would analyze the table within a minute.
    await stage.admin.query(
      `create table public.usage_events_2025
         with (autovacuum_analyze_threshold = 2000000000) as
       select id, workspace_id, kind, tokens, created_at from public.usage_events`,
    );
    await publishStatistics(stage);
  },
  async off(stage) {
    await stage.admin.query('drop table public.usage_events_2025');
  },
};
