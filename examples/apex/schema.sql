-- Projects of many accounts: envelopes with a confidence, their payloads, their events, statistics.

-- Roles are shared by a whole server, so a second database may find them made.
do $roles$
declare
  role_name text;
begin
  foreach role_name in array array[
    'apex_owner', 'apex_app', 'apex_refresher', 'apex_exporter', 'apex_backup'
  ] loop
    if not exists (select from pg_catalog.pg_roles where rolname = role_name) then
      execute format('create role %I', role_name);
    end if;
  end loop;
end
$roles$;

-- Time limits belong to the application's role: a limit for everybody would also end index
-- builds, dumps and vacuums half way.
alter role apex_app login connection limit 60;
alter role apex_app set statement_timeout = '30s';
alter role apex_app set lock_timeout = '2s';
alter role apex_app set idle_in_transaction_session_timeout = '60s';

-- May refresh the statistics and nothing else.
alter role apex_refresher login connection limit 2;
alter role apex_refresher set lock_timeout = '2s';

-- Feeds the dashboard: reads statistics, never business data.
alter role apex_exporter login connection limit 5;
grant pg_monitor to apex_exporter;

alter role apex_backup login connection limit 3;
grant pg_read_all_data to apex_backup;

create schema extensions;
create extension pg_stat_statements schema extensions;
-- Measures wasted space for a role that may read no table.
create extension pgstattuple schema extensions;
grant usage on schema extensions to pg_monitor;

revoke create on schema public from public;
grant usage on schema public to apex_app, apex_refresher;
grant usage, create on schema public to apex_owner;

-- How far a sequence has come is no business data, and nobody else tells that one runs out.
alter default privileges for role apex_owner in schema public
  grant select on sequences to pg_monitor;

-- A grant on all tables does not reach the next one.
alter default privileges for role apex_owner in schema public
  grant select on tables to apex_app;

set role apex_owner;

-- An account is known to another service; here it is only the key of its projects.
create table public.projects (
  project_id bigint generated always as identity primary key,
  account_id uuid not null,
  name text not null,
  status text not null default 'draft'
    constraint projects_status_check
    check (status in ('draft', 'estimating', 'submitted', 'accepted', 'rejected')),
  -- "… or null" would let every number pass: a CHECK refuses only what is false.
  confidence double precision
    constraint projects_confidence_check
    check (confidence is null or confidence between 0 and 1),
  -- The ETag that clients see. An update names the version it read, and finds it by primary key.
  version bigint not null default 1,
  constants_version text not null,
  content_sha256 bytea not null
    constraint projects_content_sha256_check check (octet_length(content_sha256) = 32),
  created_at timestamptz not null default now()
);
create index ix_projects_status_created
  on public.projects (status, created_at desc, project_id desc);
create index ix_projects_account_status_created
  on public.projects (account_id, status, created_at desc, project_id desc);
-- The same content with other constants is another result, so both are the key of the cache.
create index ix_projects_content_sha on public.projects (content_sha256, constants_version);
create index ix_projects_active_status
  on public.projects (created_at desc, project_id desc) where status <> 'draft';

-- One payload a module, so the key itself finds the payloads of a project and of a module in it.
create table public.project_payloads (
  project_id bigint not null references public.projects on delete cascade,
  module text not null
    constraint project_payloads_module_check
    check (module in ('scope', 'schedule', 'cost', 'risk', 'summary')),
  payload jsonb not null,
  updated_at timestamptz not null default now(),
  constraint ix_payloads_project_module primary key (project_id, module)
);

create table public.project_events (
  event_id bigint generated always as identity primary key,
  project_id bigint not null references public.projects on delete cascade,
  event_type text not null,
  actor text not null,
  detail jsonb not null default '{}',
  occurred_at timestamptz not null default now()
);
create index ix_events_project_timestamp
  on public.project_events (project_id, occurred_at desc, event_id desc);

create materialized view public.project_stats as
  select account_id,
         status,
         count(*) as project_count,
         avg(confidence) as average_confidence
    from public.projects
   group by account_id, status
  with no data;
-- REFRESH … CONCURRENTLY compares old and new rows by a unique index over columns alone.
create unique index project_stats_key on public.project_stats (account_id, status);

-- Each right is one the application uses; events are append-only.
grant select, insert, update on public.projects, public.project_payloads to apex_app;
grant select, insert on public.project_events to apex_app;
grant select on public.project_stats to apex_app;
grant maintain on public.project_stats to apex_refresher;

reset role;
