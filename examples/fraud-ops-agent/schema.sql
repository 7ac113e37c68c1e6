-- Roles, tables and indexes of the fraud ops agent; the agent makes its own (uuid) identifiers.

do $roles$
declare
  login text;
begin
  if to_regrole('fraud_gov_owner') is null then
    create role fraud_gov_owner nologin;
  end if;
  -- The agent, the two services that share the schema, and the monitoring role.
  foreach login in array array[
    'ops_agent', 'rule_management', 'transaction_management', 'fraud_gov_monitor'
  ] loop
    if to_regrole(login) is null then
      execute format('create role %I login', login);
    end if;
  end loop;
end
$roles$;

grant pg_monitor to fraud_gov_monitor;
-- Fails fast, so that a slow statement does not keep a pooled connection. Maintenance roles have
-- no limit: a timeout would leave an invalid index behind a concurrent build.
alter role ops_agent set statement_timeout = '30s';
alter role ops_agent set lock_timeout = '10s';
alter role ops_agent set idle_in_transaction_session_timeout = '5min';
-- The pools replace a connection after 30 minutes, which is 80 % of this.
alter role ops_agent set idle_session_timeout = '2250s';

create extension if not exists pg_stat_statements;
revoke create on schema public from public;

create schema fraud_gov authorization fraud_gov_owner;
set role fraud_gov_owner;

-- One investigation, from trigger to end.
create table fraud_gov.ops_agent_runs (
  run_id uuid constraint ops_agent_runs_pkey primary key,
  mode text not null
    constraint ops_agent_runs_mode_check check (mode in ('deterministic', 'llm')),
  trigger_ref text not null,
  status text not null
    constraint ops_agent_runs_status_check
    check (status in ('RUNNING', 'COMPLETED', 'FAILED', 'TIMED_OUT')),
  started_at timestamptz not null default now(),
  completed_at timestamptz,
  error_summary text,
  constraint ops_agent_runs_period_check check (completed_at >= started_at)
);

-- What a run concluded about a transaction; a replay refreshes it by its idempotency key.
create table fraud_gov.ops_agent_insights (
  insight_id uuid constraint ops_agent_insights_pkey primary key,
  transaction_id text not null,
  severity text not null
    constraint ops_agent_insights_severity_check
    check (severity in ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
  insight_summary text not null,
  insight_type text not null,
  model_mode text not null,
  generated_at timestamptz not null default now(),
  idempotency_key text not null
    constraint ops_agent_insights_idempotency_key_key unique
);

create table fraud_gov.ops_agent_evidence (
  evidence_id uuid constraint ops_agent_evidence_pkey primary key,
  insight_id uuid not null
    constraint ops_agent_evidence_insight_id_fkey
    references fraud_gov.ops_agent_insights on delete cascade,
  evidence_kind text not null,
  evidence_payload jsonb not null,
  created_at timestamptz not null default now()
);

-- What a person should decide; the worklist of the analysts.
create table fraud_gov.ops_agent_recommendations (
  recommendation_id uuid constraint ops_agent_recommendations_pkey primary key,
  insight_id uuid not null
    constraint ops_agent_recommendations_insight_id_fkey
    references fraud_gov.ops_agent_insights on delete cascade,
  recommendation_type text not null,
  recommendation_payload jsonb not null,
  status text not null default 'OPEN'
    constraint ops_agent_recommendations_status_check
    check (status in ('OPEN', 'ACKNOWLEDGED', 'REJECTED', 'EXPORTED')),
  acknowledged_by text,
  acknowledged_at timestamptz,
  created_at timestamptz not null default now()
);

create table fraud_gov.ops_agent_audit_log (
  audit_id bigint generated always as identity
    constraint ops_agent_audit_log_pkey primary key,
  entity_type text not null,
  entity_id uuid not null,
  action text not null,
  performed_by text not null,
  details jsonb not null default '{}',
  created_at timestamptz not null default now()
);

create index idx_ops_agent_runs_status on fraud_gov.ops_agent_runs (status);
create index idx_ops_agent_runs_started_at on fraud_gov.ops_agent_runs (started_at desc);
create index idx_ops_agent_runs_trigger_ref on fraud_gov.ops_agent_runs (trigger_ref);

create index idx_ops_agent_insights_transaction_id
  on fraud_gov.ops_agent_insights (transaction_id);
create index idx_ops_agent_insights_generated_at
  on fraud_gov.ops_agent_insights (generated_at desc);

create index idx_ops_agent_evidence_insight_id
  on fraud_gov.ops_agent_evidence (insight_id, created_at);

-- The identifier breaks ties between equal times: without it keyset pages skip rows.
create index idx_ops_agent_recommendations_status_created
  on fraud_gov.ops_agent_recommendations (status, created_at desc, recommendation_id desc);
create index idx_ops_agent_recommendations_insight_id
  on fraud_gov.ops_agent_recommendations (insight_id);

create index idx_ops_agent_audit_log_entity
  on fraud_gov.ops_agent_audit_log (entity_type, entity_id);
create index idx_ops_agent_audit_log_created_at
  on fraud_gov.ops_agent_audit_log (created_at desc);

grant usage on schema fraud_gov to ops_agent, rule_management, transaction_management;
grant select, insert, update on
  fraud_gov.ops_agent_runs, fraud_gov.ops_agent_insights,
  fraud_gov.ops_agent_evidence, fraud_gov.ops_agent_recommendations to ops_agent;
-- The audit log only grows: nobody but its owner may change what was written.
grant select, insert on fraud_gov.ops_agent_audit_log to ops_agent;
grant select on fraud_gov.ops_agent_insights, fraud_gov.ops_agent_recommendations
  to rule_management, transaction_management;

reset role;
