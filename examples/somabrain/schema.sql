-- Roles, tables, policies and indexes of SomaBrain: audit log, its archive, and the outbox.

do $roles$
declare
  login text;
begin
  -- soma owns the schema and does maintenance; the application never logs in as the owner.
  foreach login in array array[
    'soma', 'somabrain_app', 'somabrain_monitor', 'somabrain_backup'
  ] loop
    if to_regrole(login) is null then
      execute format('create role %I login', login);
    end if;
  end loop;
end
$roles$;

grant pg_monitor to somabrain_monitor;
-- A dump must read every tenant, or fail: it may not silently hold one tenant's rows.
grant pg_read_all_data to somabrain_backup;
alter role somabrain_backup bypassrls;
alter role somabrain_app set statement_timeout = '30s';
alter role somabrain_app set lock_timeout = '5s';
alter role somabrain_app set idle_in_transaction_session_timeout = '1min';

create extension if not exists pg_stat_statements;

revoke create on schema public from public;
grant create, usage on schema public to soma;
grant usage on schema public to somabrain_app, somabrain_monitor;
set role soma;

create table public.audit_log (
  id bigint generated always as identity constraint audit_log_pkey primary key,
  tenant_id text not null,
  event_type text not null,
  event_data jsonb not null default '{}',
  created_at timestamptz not null default now(),
  user_id text
);

-- Rows moved out of the audit log after 30 days; they keep their id.
create table public.audit_log_archive (
  id bigint constraint audit_log_archive_pkey primary key,
  tenant_id text not null,
  event_type text not null,
  event_data jsonb not null,
  created_at timestamptz not null,
  user_id text,
  archived_at timestamptz not null default now()
);

create table public.outbox_events (
  id bigint generated always as identity constraint outbox_events_pkey primary key,
  tenant_id text not null,
  event_type text not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  processed_at timestamptz,
  status text not null default 'pending'
    constraint outbox_events_status_check check (status in ('pending', 'processed', 'failed')),
  constraint outbox_events_processed_check check ((status = 'pending') = (processed_at is null))
);

create index idx_audit_log_tenant_created on public.audit_log (tenant_id, created_at);
create index idx_audit_log_event_type_created on public.audit_log (event_type, created_at);
-- Serves the heartbeat and the move to the archive, which know no tenant.
create index idx_audit_log_created on public.audit_log (created_at);

create index idx_audit_log_archive_tenant_created
  on public.audit_log_archive (tenant_id, created_at);

create index idx_outbox_status_created on public.outbox_events (status, created_at);
create index idx_outbox_events_tenant_status
  on public.outbox_events (tenant_id, status, created_at);
create index idx_outbox_events_processed
  on public.outbox_events (processed_at) where status = 'processed';

-- Forced, so that not even the owner is exempt; each role sees what its policy names. A session
-- that named no tenant, or whose transaction ended, sees no row: the setting is null or empty.
alter table public.audit_log enable row level security, force row level security;
alter table public.audit_log_archive enable row level security, force row level security;
alter table public.outbox_events enable row level security, force row level security;

create policy tenant_isolation on public.audit_log to somabrain_app
  using (tenant_id = (select nullif(current_setting('app.current_tenant', true), '')))
  with check (tenant_id = (select nullif(current_setting('app.current_tenant', true), '')));
create policy tenant_isolation on public.audit_log_archive for select to somabrain_app
  using (tenant_id = (select nullif(current_setting('app.current_tenant', true), '')));
create policy tenant_isolation on public.outbox_events to somabrain_app
  using (tenant_id = (select nullif(current_setting('app.current_tenant', true), '')))
  with check (tenant_id = (select nullif(current_setting('app.current_tenant', true), '')));

-- Maintenance by the owner sees what is due and nothing else: rows to archive, events to clean up.
create policy maintenance on public.audit_log to soma
  using (created_at < now() - interval '30 days')
  with check (created_at < now() - interval '30 days');
create policy maintenance on public.audit_log_archive to soma
  using (created_at < now() - interval '30 days')
  with check (created_at < now() - interval '30 days');
create policy maintenance on public.outbox_events to soma
  using (processed_at < now() - interval '7 days')
  with check (processed_at < now() - interval '7 days');

create policy monitoring on public.audit_log for select to somabrain_monitor
  using (created_at > now() - interval '1 day');
create policy monitoring on public.outbox_events for select to somabrain_monitor
  using (status = 'pending');

-- The audit log only grows, and its archive is written by maintenance alone.
grant select, insert on public.audit_log to somabrain_app;
grant select on public.audit_log_archive to somabrain_app;
grant select, insert, update on public.outbox_events to somabrain_app;

-- Monitoring counts and dates rows; the columns it may read hold no business data.
grant select (created_at) on public.audit_log to somabrain_monitor;
grant select (status, created_at) on public.outbox_events to somabrain_monitor;

alter default privileges for role soma in schema public
  grant select, insert, update on tables to somabrain_app;
alter default privileges for role soma in schema public
  grant usage on sequences to somabrain_app;

reset role;
