-- Roles, tables and indexes of InsightEngine: workspaces ask questions and get insights.

do $roles$
declare
  login text;
begin
  if to_regrole('insightengine_owner') is null then
    create role insightengine_owner nologin;
  end if;
  foreach login in array array['insightengine_app', 'insightengine_monitor'] loop
    if to_regrole(login) is null then
      execute format('create role %I login', login);
    end if;
  end loop;
end
$roles$;

grant pg_monitor to insightengine_monitor;
alter role insightengine_app set statement_timeout = '60s';
alter role insightengine_app set lock_timeout = '5s';
alter role insightengine_app set idle_in_transaction_session_timeout = '2min';

create extension if not exists pg_stat_statements;

revoke create on schema public from public;
grant create, usage on schema public to insightengine_owner;
grant usage on schema public to insightengine_app;
set role insightengine_owner;

create table public.workspaces (
  id bigint generated always as identity constraint workspaces_pkey primary key,
  name text not null constraint workspaces_name_key unique,
  plan text not null
    constraint workspaces_plan_check check (plan in ('free', 'team', 'enterprise')),
  created_at timestamptz not null default now()
);

create table public.data_sources (
  id bigint generated always as identity constraint data_sources_pkey primary key,
  workspace_id bigint not null
    constraint data_sources_workspace_id_fkey references public.workspaces,
  kind text not null,
  name text not null,
  created_at timestamptz not null default now(),
  constraint data_sources_workspace_id_name_key unique (workspace_id, name)
);

-- A question in a person's own words, and what became of it.
create table public.insight_queries (
  id bigint generated always as identity constraint insight_queries_pkey primary key,
  workspace_id bigint not null
    constraint insight_queries_workspace_id_fkey references public.workspaces,
  data_source_id bigint not null
    constraint insight_queries_data_source_id_fkey references public.data_sources,
  prompt text not null,
  status text not null default 'running'
    constraint insight_queries_status_check check (status in ('running', 'done', 'failed')),
  duration_ms integer,
  created_at timestamptz not null default now()
);

create table public.insights (
  id bigint generated always as identity constraint insights_pkey primary key,
  query_id bigint not null
    constraint insights_query_id_fkey references public.insight_queries on delete cascade,
  title text not null,
  body jsonb not null,
  confidence numeric(4, 3) not null
    constraint insights_confidence_check check (confidence between 0 and 1),
  created_at timestamptz not null default now()
);

-- What a workspace is billed for.
create table public.usage_events (
  id bigint generated always as identity constraint usage_events_pkey primary key,
  workspace_id bigint not null
    constraint usage_events_workspace_id_fkey references public.workspaces,
  kind text not null,
  tokens integer not null constraint usage_events_tokens_check check (tokens >= 0),
  created_at timestamptz not null default now()
);

create index idx_insight_queries_workspace_created
  on public.insight_queries (workspace_id, created_at desc);
create index idx_insight_queries_data_source on public.insight_queries (data_source_id);
-- Only what still runs is ever looked for by its status.
create index idx_insight_queries_running
  on public.insight_queries (created_at) where status = 'running';
create index idx_insights_query on public.insights (query_id);
create index idx_usage_events_workspace_created
  on public.usage_events (workspace_id, created_at);

grant select, insert, update, delete on
  public.workspaces, public.data_sources, public.insight_queries, public.insights
  to insightengine_app;
grant select, insert on public.usage_events to insightengine_app;

reset role;
