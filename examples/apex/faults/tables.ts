// Tables and a materialized view that are not what their readers take them for.
import type { Fault } from '../../estate.ts';
import { publishStatistics } from '../../fault-steps.ts';

export const tableFaults: readonly Fault[] = [
  {
    id: 'table-unlogged',
    title: 'Events were made unlogged for a fast import: a crash empties them, no standby has them',
    found_by: ['table-unlogged'],
    async on(stage) {
      await stage.admin.query('alter table public.project_events set unlogged');
    },
    async off(stage) {
      await stage.admin.query('alter table public.project_events set logged');
    },
  },
  {
    id: 'import-left-behind',
    title: 'A staging table of an import is still there: no key, never analyzed',
    found_by: ['table-no-primary-key', 'statistics-never-analyzed', 'autovacuum-disabled-table'],
    async on(stage) {
      await stage.admin.query(
        `create table public.project_import (
           line_number bigint not null,
           content jsonb not null
         ) with (autovacuum_enabled = false);
         alter table public.project_import owner to apex_owner;
         insert into public.project_import
         select n, jsonb_build_object('name', 'Imported ' || n)
           from generate_series(1, 20000) as n`,
      );
      await publishStatistics(stage);
    },
    async off(stage) {
      await stage.admin.query('drop table if exists public.project_import');
    },
  },
  {
    id: 'statistics-view-empty',
    title: 'project_stats was made anew: it has no data, and no unique index to refresh by',
    found_by: ['matview-not-populated', 'matview-without-unique-index'],
    async on(stage) {
      await stage.admin.query(
        `drop index public.project_stats_key;
         refresh materialized view public.project_stats with no data`,
      );
    },
    async off(stage) {
      await stage.admin.query(
        `create unique index if not exists project_stats_key
           on public.project_stats (account_id, status);
         refresh materialized view public.project_stats`,
      );
      await stage.admin.query('analyze public.project_stats');
    },
  },
];
