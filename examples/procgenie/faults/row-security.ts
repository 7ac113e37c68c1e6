// Holes in the isolation of tenants, each as somebody once made it.
import type { Fault } from '../../estate.ts';

const tenantSetting = `pg_catalog.current_setting('app.current_tenant_id', true)`;
const isolated = `tenant_id = (select nullif(${tenantSetting}, '')::uuid)`;

/** A fault that one statement makes and one undoes. */
function switchable(
  fault: Omit<Fault, 'on' | 'off'> & { readonly make: string; readonly undo: string },
): Fault {
  const { make, undo, ...about } = fault;
  return {
    ...about,
    async on(stage) {
      await stage.admin.query(make);
    },
    async off(stage) {
      await stage.admin.query(undo);
    },
  };
}

/** The statement that gives a table's tenant policy another condition. */
function isolateBy(table: string, condition: string): string {
  return `alter policy tenant_isolation on ${table} using (${condition}) with check (${condition})`;
}

export const rowSecurityFaults: readonly Fault[] = [
  switchable({
    id: 'tenant-table-forgotten',
    title: 'A new table holds rows of tenants, and nobody gave it row security',
    found_by: ['rls-disabled-tenant-table'],
    make: `create table public.attachments (
             tenant_id uuid not null references public.tenants,
             attachment_id uuid not null default gen_random_uuid(),
             file_name text not null,
             primary key (tenant_id, attachment_id)
           );
           alter table public.attachments owner to procgenie_owner;
           grant select, insert on public.attachments to procgenie_app;
           insert into public.attachments (tenant_id, file_name)
           select tenant_id, 'offer.pdf' from public.tenants`,
    undo: 'drop table if exists public.attachments',
  }),
  switchable({
    id: 'row-security-off',
    title: 'Row security of the list of tenants was switched off for a data fix, and stayed off',
    found_by: ['rls-policy-disabled'],
    make: 'alter table public.tenants disable row level security',
    undo: 'alter table public.tenants enable row level security',
  }),
  switchable({
    id: 'application-acts-as-owner',
    title: 'The application was made a member of the owner, whom audit_events does not bind',
    found_by: ['rls-not-forced'],
    make: `grant procgenie_owner to procgenie_app;
           alter table public.audit_events no force row level security`,
    undo: `revoke procgenie_owner from procgenie_app;
           alter table public.audit_events force row level security`,
  }),
  switchable({
    id: 'settable-bypass',
    title: 'Any session may call itself superadmin and read every tenant',
    found_by: ['rls-settable-bypass'],
    make: `create policy superadmin_bypass on public.requisitions for all
           using ((select nullif(pg_catalog.current_setting('app.is_superadmin', true), '')
                  ::boolean))`,
    undo: 'drop policy if exists superadmin_bypass on public.requisitions',
  }),
  switchable({
    id: 'policy-throws',
    title: 'Without a tenant, the policy of vendors gives an error instead of no rows',
    found_by: ['rls-setting-throws'],
    make: isolateBy(
      'public.vendors',
      `tenant_id = (select pg_catalog.current_setting('app.current_tenant_id')::uuid)`,
    ),
    undo: isolateBy('public.vendors', isolated),
  }),
  switchable({
    id: 'policy-per-row',
    title: 'The policy of audit events reads its setting again for every row',
    found_by: ['rls-per-row-function'],
    make: isolateBy('public.audit_events', `tenant_id = nullif(${tenantSetting}, '')::uuid`),
    undo: isolateBy('public.audit_events', isolated),
  }),
  switchable({
    id: 'policy-always-true',
    title: 'A policy for the support desk lets everybody read every contract',
    found_by: ['rls-always-true'],
    make: 'create policy support_reads on public.contracts for select using (true)',
    undo: 'drop policy if exists support_reads on public.contracts',
  }),
  switchable({
    id: 'view-of-superuser',
    title: 'A view made by a superuser shows the requisitions of every tenant',
    found_by: ['view-bypasses-rls'],
    make: `create view public.requisition_overview as
             select tenant_id, status, title, created_at from public.requisitions;
           grant select on public.requisition_overview to procgenie_app`,
    undo: 'drop view if exists public.requisition_overview',
  }),
  switchable({
    id: 'materialized-spend',
    title: 'A materialized view holds the spend of every tenant, where no policy can apply',
    found_by: ['matview-bypasses-rls'],
    make: `create materialized view public.vendor_spend as
             select tenant_id, vendor_id, sum(value) as value
               from public.contracts
              group by tenant_id, vendor_id;
           create unique index vendor_spend_key on public.vendor_spend (tenant_id, vendor_id);
           grant select on public.vendor_spend to procgenie_app`,
    undo: 'drop materialized view if exists public.vendor_spend',
  }),
];
