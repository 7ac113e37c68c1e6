-- Makes the rows of the load test: 10,000 projects, 10,000 payloads and 30,000 events at size 1.

-- A number in [0, 1) that depends on the seed and the key alone, so no plan can change the data.
create function pg_temp.share(topic text, key bigint) returns double precision
language sql stable
return (
  hashint8extended(key, hashtextextended(topic, current_setting('estate.seed')::bigint)) & 1048575
) / 1048576::double precision;

create function pg_temp.pick(choices text[], share double precision) returns text
language sql immutable
return choices[1 + floor(share * cardinality(choices))::integer];

-- 10,000 at size 1.
create function pg_temp.projects() returns bigint
language sql stable
return ceil(10000 * current_setting('estate.size')::double precision)::bigint;

-- 200 accounts, the first of them with a tenth of all projects. A tenth of the contents repeats,
-- which is what a cache by content is for. Only what was estimated has a confidence.
insert into public.projects
  (account_id, name, status, confidence, constants_version, content_sha256, created_at)
select md5('apex account ' || 1 + floor(200 * pg_temp.share('account', n) ^ 2.3)::integer)::uuid,
       'Project ' || n,
       status,
       case when status = 'draft' then null
            else round(sqrt(pg_temp.share('confidence', n))::numeric, 4) end,
       pg_temp.pick('{2024.1,2024.2,2024.2,2024.3,2024.3,2024.3,2024.3}',
                    pg_temp.share('constants', n)),
       sha256(convert_to('content ' || case when pg_temp.share('repeated', n) < 0.1
                                            then n % 50 else n end, 'UTF8')),
       created_at
  from generate_series(1, pg_temp.projects()) as n
 cross join lateral (
         select pg_temp.pick('{draft,draft,estimating,submitted,accepted,accepted,rejected}',
                             pg_temp.share('status', n)) as status,
                now() - interval '365 days' * pg_temp.share('age', n) ^ 1.5 as created_at
       ) as drawn
 order by created_at, n;

-- None, one or two payloads for a project, one on average.
insert into public.project_payloads (project_id, module, payload, updated_at)
select project.project_id,
       (array['scope', 'schedule', 'cost', 'risk', 'summary'])[1 + (project.project_id + n) % 5],
       jsonb_build_object(
         'currency', pg_temp.pick('{EUR,EUR,USD,GBP}', pg_temp.share('currency', key)),
         'total', round((500 + 200000 * pg_temp.share('total', key) ^ 4)::numeric, 2),
         'lines', (select jsonb_agg(jsonb_build_object('position', line, 'hours', 4 * line))
                     from generate_series(1, 1 + key % 12) as line)
       ),
       project.created_at
  from public.projects as project
 cross join lateral generate_series(1, (array[0, 1, 2, 1])[1 + project.project_id % 4]) as n
 cross join lateral (select 10 * project.project_id + n as key) as keyed;

-- Three events a project on average: a few projects are discussed a lot, many hardly.
insert into public.project_events (project_id, event_type, actor, detail, occurred_at)
select project.project_id,
       pg_temp.pick('{viewed,viewed,viewed,edited,edited,estimated,commented}',
                    pg_temp.share('event', n)),
       'user-' || floor(400 * pg_temp.share('actor', n) ^ 2)::integer,
       jsonb_build_object('source', pg_temp.pick('{web,web,api}', pg_temp.share('source', n))),
       project.created_at + (now() - project.created_at) * pg_temp.share('moment', n) ^ 2
  from generate_series(1, 3 * pg_temp.projects()) as n
  join public.projects as project
    on project.project_id
       = 1 + floor(pg_temp.projects() * pg_temp.share('discussed', n) ^ 2)::bigint
 order by n;

refresh materialized view public.project_stats;

drop function pg_temp.projects, pg_temp.pick, pg_temp.share;
