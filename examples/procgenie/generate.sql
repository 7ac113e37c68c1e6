-- Makes the rows: the settings estate.size and estate.seed decide how many, and which.

-- A number in [0, 1) that depends on the seed and the key alone, so no plan can change the data.
create function pg_temp.share(topic text, key text) returns double precision
language sql stable
return (
  hashtextextended(key, hashtextextended(topic, current_setting('estate.seed')::bigint)) & 1048575
) / 1048576::double precision;

create function pg_temp.pick(choices text[], share double precision) returns text
language sql immutable
return choices[1 + floor(share * cardinality(choices))::integer];

-- Twenty tenants, from one that has a third of everything to one with a handful of rows.
create temp table tenant_plan as
  select n as tenant_number,
         md5('procgenie tenant ' || n)::uuid as tenant_id,
         ceil(3500 * current_setting('estate.size')::double precision / n ^ 1.1)::integer
           as requisitions,
         ceil(60 * current_setting('estate.size')::double precision / n)::integer as vendors
    from generate_series(1, 20) as n;

insert into public.tenants (tenant_id, slug, name, created_at)
select tenant_id, 'tenant-' || tenant_number, 'Tenant ' || tenant_number,
       now() - interval '30 days' * (21 - tenant_number) - interval '540 days'
  from tenant_plan;

insert into public.vendors (tenant_id, vendor_id, name, status, created_at)
select plan.tenant_id,
       md5('vendor ' || plan.tenant_number || ' ' || n)::uuid,
       'Vendor ' || n,
       case when pg_temp.share('vendor status', plan.tenant_number || ' ' || n) < 0.05
            then 'suspended' else 'active' end,
       now() - interval '540 days'
  from tenant_plan as plan
 cross join lateral generate_series(1, plan.vendors) as n;

-- A few vendors get most of the work, and the recent weeks hold most of what is open.
insert into public.requisitions
  (tenant_id, requisition_id, vendor_id, title, status, requested_by, created_at)
select plan.tenant_id,
       md5('requisition ' || key)::uuid,
       md5('vendor ' || plan.tenant_number || ' '
           || 1 + floor(plan.vendors * pg_temp.share('vendor', key) ^ 2)::integer)::uuid,
       pg_temp.pick('{Laptops,Licences,Office chairs,Cloud credits,Travel,Training,Cables}',
                    pg_temp.share('title', key)),
       case
         when age < 0.02 then
           pg_temp.pick('{draft,submitted,submitted,approved}', pg_temp.share('status', key))
         else
           pg_temp.pick('{draft,rejected,ordered,ordered,ordered,ordered,ordered,ordered}',
                        pg_temp.share('status', key))
       end,
       'user-' || floor(50 * pg_temp.share('user', key) ^ 2)::integer,
       now() - interval '540 days' * age
  from tenant_plan as plan
 cross join lateral generate_series(1, plan.requisitions) as n
 cross join lateral (select plan.tenant_number || ' ' || n as key) as keyed
 cross join lateral (select pg_temp.share('age', key) ^ 1.5 as age) as aged;

insert into public.request_items
  (tenant_id, requisition_id, line_number, description, quantity, unit_price)
select requisition.tenant_id,
       requisition.requisition_id,
       line_number,
       requisition.title || ', position ' || line_number,
       1 + floor(20 * pg_temp.share('quantity', key) ^ 3),
       round((5 + 2000 * pg_temp.share('price', key) ^ 4)::numeric, 2)
  from public.requisitions as requisition
 cross join lateral generate_series(
         1, 1 + floor(4 * pg_temp.share('lines', requisition.requisition_id::text) ^ 2)::integer
       ) as line_number
 cross join lateral (select requisition.requisition_id || ' ' || line_number as key) as keyed;

insert into public.contracts
  (tenant_id, contract_id, vendor_id, title, value, starts_on, ends_on)
select vendor.tenant_id,
       md5('contract ' || key)::uuid,
       vendor.vendor_id,
       'Framework contract ' || n,
       round((1000 + 90000 * pg_temp.share('value', key) ^ 3)::numeric, 2),
       current_date - floor(700 * pg_temp.share('start', key))::integer,
       current_date + floor(700 * pg_temp.share('end', key))::integer
  from public.vendors as vendor
 cross join generate_series(1, 3) as n
 cross join lateral (select vendor.vendor_id || ' ' || n as key) as keyed;

-- Every requisition was created, what is no draft was decided on, and every tenant was here lately.
insert into public.audit_events
  (tenant_id, actor, action, entity_type, entity_id, detail, created_at)
select tenant_id, actor, action, entity_type, entity_id, detail, created_at
  from (
    select tenant_id, requested_by as actor, 'requisition.created' as action,
           'requisition' as entity_type, requisition_id as entity_id,
           jsonb_build_object('title', title) as detail, created_at
      from public.requisitions
    union all
    select tenant_id, 'approver', 'requisition.' || status, 'requisition', requisition_id, '{}',
           least(now(), created_at + interval '3 days'
             * pg_temp.share('decision', requisition_id::text))
      from public.requisitions
     where status <> 'draft'
    union all
    select tenant_id, 'user-0', 'session.started', 'tenant', tenant_id, '{}', now()
      from tenant_plan
  ) as happened
 order by created_at, entity_id, action;

drop table tenant_plan;
drop function pg_temp.pick, pg_temp.share;
