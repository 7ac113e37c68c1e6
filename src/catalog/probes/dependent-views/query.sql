-- Views and materialized views that read tables with row security, directly or through views.
-- The checker is the role whose rights count at the table: the owner of the innermost view that
-- is not security_invoker (an option since 15), or null where the reader's own rights count.
-- $1 roles of the applications; since 14.
with recursive applications as materialized (
  select r.oid, pg_catalog.format('%I', r.rolname) as name
  from pg_catalog.pg_roles as r
  where r.rolname = any ($1::text[]) and not r.rolsuper
),
views as not materialized (
  select
    v.oid, v.relkind, v.relowner, r.oid as rule_oid,
    v.relkind = 'v' and coalesce((
      select o.option_value::boolean
      from pg_catalog.pg_options_to_table(v.reloptions) as o
      where o.option_name = 'security_invoker'
    ), false) as is_invoker
  from pg_catalog.pg_rewrite as r
  join pg_catalog.pg_class as v on v.oid = r.ev_class
  where v.relkind in ('v', 'm')
),
chain as (
  select
    c.oid as table_oid, v.oid as view_oid, v.relkind,
    case when not v.is_invoker then v.relowner end as checker
  from pg_catalog.pg_class as c
  join pg_catalog.pg_depend as d
    on d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
    and d.refobjid = c.oid
    and d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
  join views as v on v.rule_oid = d.objid
  where c.relrowsecurity and c.relkind in ('r', 'p')
  union
  -- What reads a materialized view reads stored rows, and that one is reported itself.
  select
    k.table_oid, v.oid, v.relkind,
    case when k.checker is not null then k.checker when not v.is_invoker then v.relowner end
  from chain as k
  join pg_catalog.pg_depend as d
    on d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
    and d.refobjid = k.view_oid
    and d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
  join views as v on v.rule_oid = d.objid
  where k.relkind = 'v' and v.oid <> k.view_oid
)
select
  pg_catalog.format('%I.%I', n.nspname, v.relname) as view,
  v.relkind = 'm' as is_materialized,
  pg_catalog.format('%I', o.rolname) as owner,
  reached.tables,
  coalesce(reached.bypassed, '{}') as bypassed,
  coalesce(reached.checkers, '{}') as checkers,
  array(
    select distinct w.name
    from pg_catalog.aclexplode(v.relacl) as g
    cross join lateral (
      select a.name from applications as a
      where g.grantee = 0 or pg_catalog.pg_has_role(a.oid, g.grantee, 'usage')
      union all
      select case when g.grantee = 0 then 'public' else (
        select pg_catalog.format('%I', r.rolname) from pg_catalog.pg_roles as r
        where r.oid = g.grantee
      ) end
      where pg_catalog.cardinality($1::text[]) = 0
    ) as w
    where g.grantee <> v.relowner
      and g.privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
    order by 1
  ) as granted_to,
  -- A view may filter by the tenant itself: then it is one way to do it, safe with a barrier.
  -- A scalar sub-select: the planner may turn exists() into a reading of every view there is.
  coalesce((
    select true from pg_catalog.pg_rewrite as r
    where r.ev_class = v.oid
      and r.ev_action::text ~ '(:funcid (2077|3294) |[{]SQLVALUEFUNCTION :op (9|10|11|12) )'
    limit 1
  ), false) as filters_itself,
  coalesce((
    select o.option_value::boolean
    from pg_catalog.pg_options_to_table(v.reloptions) as o
    where o.option_name = 'security_barrier'
  ), false) as is_barrier
from (
  select
    k.view_oid,
    pg_catalog.array_agg(distinct pg_catalog.format('%I.%I', tn.nspname, t.relname)) as tables,
    pg_catalog.array_agg(distinct pg_catalog.format('%I.%I', tn.nspname, t.relname))
      filter (where b.bypasses) as bypassed,
    pg_catalog.array_agg(distinct pg_catalog.format('%I', r.rolname)) filter (where b.bypasses)
      as checkers
  from chain as k
  join pg_catalog.pg_class as t on t.oid = k.table_oid
  join pg_catalog.pg_namespace as tn on tn.oid = t.relnamespace
  left join pg_catalog.pg_roles as r on r.oid = k.checker
  cross join lateral (
    select coalesce(r.rolsuper or r.rolbypassrls or (
      not t.relforcerowsecurity and pg_catalog.pg_has_role(r.oid, t.relowner, 'usage')
    ), false) as bypasses
  ) as b
  group by k.view_oid
) as reached
join pg_catalog.pg_class as v on v.oid = reached.view_oid
join pg_catalog.pg_namespace as n on n.oid = v.relnamespace
join pg_catalog.pg_roles as o on o.oid = v.relowner
order by v.oid
