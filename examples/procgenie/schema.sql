-- Procurement for many tenants: every row names its tenant, and row-level security enforces it.

-- Roles are shared by a whole server, so a second database may find them made.
do $roles$
declare
  role_name text;
begin
  foreach role_name in array array[
    'procgenie_owner', 'procgenie_app', 'procgenie_migrator', 'procgenie_monitor',
    'procgenie_backup'
  ] loop
    if not exists (select from pg_catalog.pg_roles where rolname = role_name) then
      execute format('create role %I', role_name);
    end if;
  end loop;
end
$roles$;

-- The owner never logs in; the application owns nothing, so it cannot switch a policy off.
alter role procgenie_app login connection limit 120;
alter role procgenie_app set statement_timeout = '15s';
alter role procgenie_app set lock_timeout = '2s';
alter role procgenie_app set idle_in_transaction_session_timeout = '60s';

-- A build of an index may take hours, but no DDL may make others wait for long.
alter role procgenie_migrator login connection limit 4;
alter role procgenie_migrator set role = 'procgenie_owner';
alter role procgenie_migrator set statement_timeout = 0;
alter role procgenie_migrator set lock_timeout = '2s';
grant procgenie_owner to procgenie_migrator;

-- Reads statistics, never business data.
alter role procgenie_monitor login connection limit 5;
grant pg_monitor to procgenie_monitor;

-- pg_dump refuses tables with forced row security unless its role passes the policies.
alter role procgenie_backup login bypassrls connection limit 3;
grant pg_read_all_data to procgenie_backup;

create schema extensions;
create extension pg_stat_statements schema extensions;
grant usage on schema extensions to pg_monitor;

revoke create on schema public from public;
grant usage on schema public to procgenie_app;
grant usage, create on schema public to procgenie_owner;

-- How far a sequence has come is no business data, and nobody else tells that one runs out.
alter default privileges for role procgenie_owner in schema public
  grant select on sequences to pg_monitor;

set role procgenie_owner;

create table public.tenants (
  tenant_id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z0-9-]{1,63}$'),
  name text not null,
  created_at timestamptz not null default now()
);

-- Keys and references lead with the tenant: no row can point at another tenant's row.
create table public.vendors (
  tenant_id uuid not null references public.tenants,
  vendor_id uuid not null default gen_random_uuid(),
  name text not null,
  status text not null default 'active' check (status in ('active', 'suspended')),
  created_at timestamptz not null default now(),
  primary key (tenant_id, vendor_id),
  unique (tenant_id, name)
);

create table public.requisitions (
  tenant_id uuid not null references public.tenants,
  requisition_id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  title text not null,
  status text not null default 'draft'
    check (status in ('draft', 'submitted', 'approved', 'rejected', 'ordered')),
  requested_by text not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  primary key (tenant_id, requisition_id),
  constraint requisitions_vendor_fkey
    foreign key (tenant_id, vendor_id) references public.vendors (tenant_id, vendor_id)
);
create index requisitions_recent_idx
  on public.requisitions (tenant_id, created_at desc, requisition_id desc);
create index requisitions_status_idx
  on public.requisitions (tenant_id, status, created_at desc, requisition_id desc);
create index requisitions_vendor_idx on public.requisitions (tenant_id, vendor_id);

create table public.request_items (
  tenant_id uuid not null references public.tenants,
  requisition_id uuid not null,
  line_number integer not null check (line_number > 0),
  description text not null,
  quantity numeric(12, 3) not null check (quantity > 0),
  unit_price numeric(14, 2) not null check (unit_price >= 0),
  primary key (tenant_id, requisition_id, line_number),
  foreign key (tenant_id, requisition_id)
    references public.requisitions (tenant_id, requisition_id) on delete cascade
);

create table public.contracts (
  tenant_id uuid not null references public.tenants,
  contract_id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  title text not null,
  value numeric(14, 2) not null,
  starts_on date not null,
  ends_on date not null,
  primary key (tenant_id, contract_id),
  foreign key (tenant_id, vendor_id) references public.vendors (tenant_id, vendor_id),
  check (ends_on >= starts_on)
);
create index contracts_vendor_idx on public.contracts (tenant_id, vendor_id);
create index contracts_ends_on_idx on public.contracts (tenant_id, ends_on);

create table public.audit_events (
  tenant_id uuid not null references public.tenants,
  audit_event_id bigint generated always as identity,
  actor text not null,
  action text not null,
  entity_type text not null,
  entity_id uuid not null,
  detail jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (tenant_id, audit_event_id)
);
create index audit_events_recent_idx
  on public.audit_events (tenant_id, created_at desc, audit_event_id desc);
create index audit_events_entity_idx
  on public.audit_events (tenant_id, entity_id, created_at desc);

-- One policy a table, the same everywhere. The sub-select is evaluated once a statement, not once
-- a row; an unset or empty setting becomes null, and null matches no row.
do $policies$
declare
  relation regclass;
begin
  foreach relation in array array[
    'public.tenants', 'public.vendors', 'public.requisitions', 'public.request_items',
    'public.contracts', 'public.audit_events'
  ]::regclass[] loop
    execute format('alter table %s enable row level security, force row level security', relation);
    execute format(
      $policy$
        create policy tenant_isolation on %s for all to procgenie_app, procgenie_owner
        using (tenant_id =
          (select nullif(pg_catalog.current_setting('app.current_tenant_id', true), '')::uuid))
        with check (tenant_id =
          (select nullif(pg_catalog.current_setting('app.current_tenant_id', true), '')::uuid))
      $policy$, relation);
  end loop;
end
$policies$;

-- With the reader's rights, so that the policies of the tables below it hold.
create view public.open_requisitions with (security_invoker = true) as
  select tenant_id, requisition_id, vendor_id, title, status, created_at
    from public.requisitions
   where status in ('draft', 'submitted', 'approved');

-- Each right is one the application uses. TRUNCATE would empty every tenant; audit is append-only.
-- No default privileges: a table without its policy yet must not be readable already.
grant select on public.tenants, public.open_requisitions to procgenie_app;
grant select, insert, update on public.vendors, public.contracts to procgenie_app;
grant select, insert, update, delete on public.requisitions, public.request_items to procgenie_app;
grant select, insert on public.audit_events to procgenie_app;

reset role;
