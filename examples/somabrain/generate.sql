-- Thirty-five days of audit, older rows in the archive, twelve days of events that were all sent.
-- Reads estate.size (1 gives about 65,000 rows) and estate.seed.

select setseed((current_setting('estate.seed')::int % 1000) / 1000.0);

-- Few tenants cause most of the traffic, few kinds of events most of the rows; the service works
-- through the night, less. Times rise with n, so rows lie in the order in which they were written.
create temporary table happening as
select n,
       'tenant-' || lpad((1 + floor(power(random(), 3) * 40))::text, 2, '0') as tenant_id,
       (array['memory.recalled', 'memory.stored', 'session.opened', 'memory.forgotten',
              'key.rotated'])[1 + floor(power(random(), 2.5) * 5)] as event_type,
       'user-' || (1 + floor(power(random(), 2) * 400)) as user_id,
       random() as weight,
       now() - interval '90 days' * power(1 - n / (50000.0 * size), 1.5) as happened_at
  from (select current_setting('estate.size')::int as size) as setting,
       generate_series(1, 50000 * size) as n;

insert into public.audit_log_archive
  (id, tenant_id, event_type, event_data, created_at, user_id, archived_at)
select n, tenant_id, event_type, jsonb_build_object('cost', round(weight::numeric, 3)),
       happened_at, user_id, happened_at + interval '30 days 4 hours'
  from happening
 where happened_at < now() - interval '35 days'
 order by n;

insert into public.audit_log (id, tenant_id, event_type, event_data, created_at, user_id)
overriding system value
select n, tenant_id, event_type, jsonb_build_object('cost', round(weight::numeric, 3)),
       happened_at, user_id
  from happening
 where happened_at >= now() - interval '35 days'
 order by n;

select setval('public.audit_log_id_seq', max(n)) from happening;

-- What changed a memory is told to other services; about one event in two hundred was refused.
insert into public.outbox_events
  (tenant_id, event_type, payload, created_at, processed_at, status)
select tenant_id, event_type,
       jsonb_build_object('audit_id', n, 'user', user_id),
       happened_at,
       happened_at + interval '1 second' * (0.1 + 8 * power(weight, 4)),
       case when weight < 0.005 then 'failed' else 'processed' end
  from happening
 where happened_at >= now() - interval '12 days'
   and event_type <> 'session.opened'
 order by n;

drop table happening;
