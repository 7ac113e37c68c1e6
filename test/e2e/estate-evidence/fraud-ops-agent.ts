// What the server itself says about the faults of the fraud ops agent.
import estate from '../../../examples/fraud-ops-agent/estate.ts';
import type { EstateEvidence } from './evidence.ts';

export const fraudOpsAgent: EstateEvidence = {
  estate,
  digest: `
    select md5(string_agg(concat_ws('/', mode, trigger_ref, status), ',' order by started_at))
      from fraud_gov.ops_agent_runs`,
  faults: {
    // From the session that is idle in its transaction down to the last that waits.
    'blocked-writers': `
      with recursive chain as (
        select pid, 0 as depth
          from pg_stat_activity
         where state = 'idle in transaction' and cardinality(pg_blocking_pids(pid)) = 0
        union all
        select waiting.pid, chain.depth + 1
          from chain
          join pg_stat_activity as waiting on chain.pid = any (pg_blocking_pids(waiting.pid))
         where waiting.wait_event_type = 'Lock'
      )
      select coalesce(max(depth), 0) = 3 from chain`,
    'pool-at-limit': `
      select count(*) >= 76
        from pg_stat_activity
       where application_name like 'ops-agent-worker-%' and state = 'idle in transaction'`,
    'long-active-query': `
      select count(*) = 1
        from pg_stat_activity
       where application_name = 'analyst-report' and state = 'active'`,
    'dead-tuples': `
      select n_dead_tup > 10000 and n_dead_tup > 0.1 * (n_live_tup + n_dead_tup)
             and exists (select from pg_class
                          where oid = relid and 'autovacuum_enabled=off' = any (reloptions))
        from pg_stat_user_tables
       where relname = 'ops_agent_evidence'`,
    'duplicate-index': `
      select count(*) = 2
        from pg_index
       where indrelid = 'fraud_gov.ops_agent_runs'::regclass
         and pg_get_indexdef(indexrelid) like '%USING btree (status)'`,
    'redundant-index': `
      select count(*) = 1
        from pg_index
       where indrelid = 'fraud_gov.ops_agent_audit_log'::regclass
         and pg_get_indexdef(indexrelid) like '%USING btree (entity_type)'`,
    'stale-statistics': `
      select n_mod_since_analyze > 0.5 * n_live_tup and n_dead_tup = 0
        from pg_stat_user_tables
       where relname = 'ops_agent_runs'`,
  },
};
