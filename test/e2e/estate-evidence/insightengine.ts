// What the server itself says about the faults of InsightEngine.
import estate from '../../../examples/insightengine/estate.ts';
import type { EstateEvidence } from './evidence.ts';

export const insightengine: EstateEvidence = {
  estate,
  digest: `
    select md5(string_agg(concat_ws('/', data_source_id, prompt, duration_ms), ',' order by id))
      from public.insight_queries`,
  faults: {
    'connections-exhausted': `
      select count(*) >= 90
        from pg_stat_activity
       where application_name like 'insightengine-api%' and state = 'idle'`,
    'long-running-query': `
      select count(*) = 1
        from pg_stat_activity
       where application_name = 'insightengine-export' and state = 'active'`,
    'unused-index': `
      select count(*) = 1
        from pg_stat_user_indexes
       where indexrelname = 'idx_insight_queries_prompt' and idx_scan = 0
         and pg_relation_size(indexrelid) > 1024 * 1024`,
    // The rows as they are stored now, against the file that holds them.
    'bloated-table': `
      select pg_relation_size('public.insights') > 3 * sum(pg_column_size(insights))
             and (select n_dead_tup = 0 from pg_stat_user_tables where relname = 'insights')
        from public.insights`,
    'missing-foreign-key-index': `
      select not exists (
        select from pg_constraint as key
          join pg_index on indrelid = key.conrelid and indkey[0] = key.conkey[1]
         where key.conname = 'insights_query_id_fkey')`,
    'prepared-transaction': `
      select count(*) = 1
        from pg_prepared_xacts as prepared
       where exists (select from pg_locks
                      where pid is null and transactionid = prepared.transaction)`,
    'autovacuum-off': `
      select n_dead_tup > 10000 and n_dead_tup > 0.1 * (n_live_tup + n_dead_tup)
             and exists (select from pg_class
                          where oid = relid and 'autovacuum_enabled=off' = any (reloptions))
        from pg_stat_user_tables
       where relname = 'usage_events'`,
    'imported-table': `
      select count(*) = 1
        from pg_stat_user_tables
       where n_live_tup > 1000 and last_analyze is null and last_autoanalyze is null
         and not exists (select from pg_constraint where conrelid = relid and contype = 'p')`,
    'not-validated-constraint': `
      select count(*) = 1 from pg_constraint where not convalidated`,
  },
};
