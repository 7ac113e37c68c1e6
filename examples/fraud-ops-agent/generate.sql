-- Ninety days of investigations: more of them lately, few of them open, few transactions often.
-- Reads estate.size (1 gives about 85,000 rows) and estate.seed.

select setseed((current_setting('estate.seed')::int % 1000) / 1000.0);

-- A uuid that sorts by time, as version 7 does, and is the same for the same name.
create function pg_temp.identifier(made_at timestamptz, name text) returns uuid
language sql immutable as $$
  select (
    lpad(to_hex((extract(epoch from made_at) * 1000)::bigint), 12, '0')
    || '7' || substr(md5(name), 1, 3) || '8' || substr(md5(name), 4, 15)
  )::uuid
$$;

-- started_at rises with n and leans towards today; the last run started a minute ago.
create temporary table run as
select n,
       pg_temp.identifier(started_at, 'run' || n) as run_id,
       started_at,
       fate,
       random() as pace,
       'txn-' || lpad(floor(power(random(), 2) * 6000 * size)::text, 8, '0') as transaction_id
  from (
    select n, size, random() as fate,
           now() - interval '1 minute'
             - interval '90 days' * power(1 - n / (10000.0 * size), 1.4) as started_at
      from (select current_setting('estate.size')::int as size) as setting,
           generate_series(1, 10000 * size) as n
  ) as timed;

insert into fraud_gov.ops_agent_runs
  (run_id, mode, trigger_ref, status, started_at, completed_at, error_summary)
select run_id,
       case when pace < 0.7 then 'deterministic' else 'llm' end,
       'transaction:' || transaction_id,
       status,
       started_at,
       case when status <> 'RUNNING' then started_at + interval '40 seconds' * pace end,
       case when status = 'FAILED' then 'model endpoint did not answer' end
  from (
    select *,
           case when started_at > now() - interval '20 minutes' then 'RUNNING'
                when fate < 0.93 then 'COMPLETED'
                when fate < 0.985 then 'FAILED'
                else 'TIMED_OUT' end as status
      from run
  ) as finished
 order by n;

create temporary table insight as
select n,
       pg_temp.identifier(generated_at, 'insight' || n || '/' || part) as insight_id,
       transaction_id,
       generated_at,
       random() as gravity,
       floor(power(random(), 2) * 6)::int as pieces
  from run
 cross join generate_series(1, 2) as part
 cross join lateral (select started_at + part * interval '9 seconds' as generated_at) as moment
 where fate < 0.93 and (part = 1 or pace > 0.6);

insert into fraud_gov.ops_agent_insights
  (insight_id, transaction_id, severity, insight_summary, insight_type, model_mode, generated_at,
   idempotency_key)
select insight_id,
       transaction_id,
       case when gravity < 0.62 then 'LOW' when gravity < 0.9 then 'MEDIUM'
            when gravity < 0.985 then 'HIGH' else 'CRITICAL' end,
       'Card used ' || 1 + floor(gravity * 9) || ' times within an hour at '
         || 1 + floor(gravity * 4) || ' merchants',
       case when gravity < 0.5 then 'velocity' when gravity < 0.8 then 'merchant_pattern'
            else 'cross_border' end,
       case when n % 10 < 7 then 'deterministic' else 'llm' end,
       generated_at,
       insight_id::text
  from insight
 order by generated_at;

insert into fraud_gov.ops_agent_evidence
  (evidence_id, insight_id, evidence_kind, evidence_payload, created_at)
select pg_temp.identifier(generated_at, 'evidence' || insight_id || piece),
       insight_id,
       (array['counter', 'similar_case', 'device', 'rule_match'])[1 + piece % 4],
       jsonb_build_object('score', round(random()::numeric, 3), 'window_minutes', 15 * piece),
       generated_at + piece * interval '200 milliseconds'
  from insight
 cross join generate_series(1, pieces) as piece
 order by generated_at;

-- One insight in three asks nobody for anything. Old recommendations were decided.
insert into fraud_gov.ops_agent_recommendations
  (recommendation_id, insight_id, recommendation_type, recommendation_payload, status,
   acknowledged_by, acknowledged_at, created_at)
select pg_temp.identifier(generated_at, 'recommendation' || insight_id),
       insight_id,
       case when gravity < 0.7 then 'review_transaction' else 'tighten_rule' end,
       jsonb_build_object('priority', 1 + floor(gravity * 5), 'reason', 'velocity'),
       status,
       case when status <> 'OPEN' then 'analyst-' || 1 + floor(power(random(), 2) * 12) end,
       case when status <> 'OPEN' then generated_at + interval '3 hours' end,
       generated_at
  from (
    select *,
           case when generated_at > now() - interval '1 day' or fate < 0.01 then 'OPEN'
                when fate < 0.6 then 'ACKNOWLEDGED'
                when fate < 0.8 then 'REJECTED'
                else 'EXPORTED' end as status
      from (select *, random() as fate from insight) as drawn
  ) as decided
 where n % 3 <> 0
 order by generated_at;

insert into fraud_gov.ops_agent_audit_log
  (entity_type, entity_id, action, performed_by, details, created_at)
select entity_type, entity_id, action, performed_by, '{"source": "agent"}', happened_at
  from (
    select 'run' as entity_type, run_id as entity_id, 'started' as action,
           'ops-agent' as performed_by, started_at as happened_at
      from run
    union all
    select 'insight', insight_id, 'generated', 'ops-agent', generated_at from insight
    union all
    select 'recommendation', recommendation_id, lower(status), acknowledged_by, acknowledged_at
      from fraud_gov.ops_agent_recommendations
     where status <> 'OPEN'
  ) as event
 order by happened_at;

drop table run, insight;
