-- Two hundred workspaces with a year of questions; a few large ones ask most of them.
-- Reads estate.size (1 gives about 90,000 rows) and estate.seed.

select setseed((current_setting('estate.seed')::int % 1000) / 1000.0);

create temporary table setting as
select size, 200 * size as workspaces
  from (select current_setting('estate.size')::int as size) as given;

insert into public.workspaces (name, plan, created_at)
select 'workspace-' || n,
       case when n <= workspaces / 50 then 'enterprise' when n % 5 = 0 then 'team' else 'free' end,
       now() - interval '400 days' * power(1 - n / (workspaces + 1.0), 1.2)
  from setting, generate_series(1, workspaces) as n
 order by n;

-- Every workspace has three sources.
insert into public.data_sources (workspace_id, kind, name, created_at)
select w.id,
       (array['postgres', 'bigquery', 'csv', 'salesforce'])[1 + (w.id + part) % 4],
       'source-' || part,
       w.created_at + part * interval '1 hour'
  from public.workspaces as w
 cross join generate_series(1, 3) as part
 order by w.id, part;

insert into public.insight_queries
  (workspace_id, data_source_id, prompt, status, duration_ms, created_at)
select s.workspace_id,
       s.id,
       (array['Why did', 'How much', 'Where does', 'When will'])[1 + floor(mood * 4)::int] || ' '
         || (array['revenue', 'churn', 'margin', 'traffic', 'stock'])[1 + floor(topic * 5)::int]
         || ' change in region ' || floor(mood * 97) || ', week ' || floor(topic * 52) || '?',
       case when fate < 0.96 then 'done' else 'failed' end,
       (80 * exp(5 * power(fate, 2) * mood))::int,
       now() - interval '365 days' * power(1 - n / (25000.0 * size), 1.5)
  from (
    select n, size, random() as mood, random() as topic, random() as fate,
           1 + floor(power(random(), 3) * workspaces * 3)::bigint as source
      from setting, generate_series(1, 25000 * size) as n
  ) as drawn
  join public.data_sources as s on s.id = drawn.source
 order by n;

insert into public.insights (query_id, title, body, confidence, created_at)
select q.id,
       'Finding for question ' || q.id,
       jsonb_build_object(
         'text', repeat('The trend of the last quarter goes on. ', 3 + (q.id % 7)::int),
         'chart', jsonb_build_object('kind', 'line', 'points', 12 + q.id % 40)),
       round((1 - power(random(), 3))::numeric, 3),
       q.created_at + q.duration_ms * interval '1 millisecond'
  from public.insight_queries as q
 where q.status = 'done'
 order by q.id;

insert into public.usage_events (workspace_id, kind, tokens, created_at)
select q.workspace_id,
       case part when 1 then 'prompt' else 'completion' end,
       (50 * exp(4 * power(random(), 2)))::int * part,
       q.created_at
  from public.insight_queries as q
 cross join generate_series(1, 2) as part
 where q.created_at > now() - interval '200 days'
 order by q.id;

drop table setting;
