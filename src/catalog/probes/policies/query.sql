-- Every table with row security or with policies, one row a policy, or one row where it has none.
-- Conditions come as parsed trees (pg_node_tree): pg_get_expr would lock the table; since 14.
-- $1 roles of the applications, $2 column that names the tenant or null.
with applications as materialized (
  select r.oid, pg_catalog.format('%I', r.rolname) as name
  from pg_catalog.pg_roles as r
  where r.rolname = any ($1::text[]) and not r.rolsuper
),
secured as materialized (
  select
    c.oid, n.nspname, c.relname, c.relkind, c.relowner, c.relacl, c.relrowsecurity,
    c.relforcerowsecurity, greatest(c.reltuples, 0) as tuples
  from pg_catalog.pg_class as c
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p')
    and c.relpersistence <> 't'
    and (c.relrowsecurity or c.oid in (select p.polrelid from pg_catalog.pg_policy as p))
),
sessions as materialized (
  select a.usesysid, count(*) as count
  from pg_catalog.pg_stat_activity as a
  group by a.usesysid
)
select
  pg_catalog.format('%I.%I', t.nspname, t.relname) as table,
  t.relrowsecurity as is_enabled,
  t.relforcerowsecurity as is_forced,
  greatest(t.tuples, parts.tuples)::float8 as estimated_rows,
  pg_catalog.format('%I', o.rolname) as owner,
  o.rolcanlogin as owner_can_login,
  o.rolsuper or o.rolbypassrls as owner_is_exempt,
  coalesce(s.count, 0) as owner_sessions,
  array(
    select a.name from applications as a
    where pg_catalog.pg_has_role(a.oid, t.relowner, 'usage') order by 1
  ) as acting_as_owner,
  coalesce(grants.using_rows, '{}') as granted_to,
  coalesce(grants.truncating, '{}') as truncate_granted_to,
  -- A scalar sub-select: the planner turns exists() into a scan of every column there is.
  coalesce((
    select true from pg_catalog.pg_attribute as a
    where a.attrelid = t.oid and a.attname = $2::text and not a.attisdropped
  ), false) as has_tenant_column,
  coalesce(indexes.leading, '{}') as index_leading_columns,
  case when p.oid is not null then pg_catalog.format('%I', p.polname) end as policy,
  p.polcmd::text as command,
  p.polpermissive as is_permissive,
  case when p.oid is not null then array(
    select case when u.role_oid = 0 then 'public' else pg_catalog.format('%I', r.rolname) end
    from pg_catalog.unnest(p.polroles) as u(role_oid)
    left join pg_catalog.pg_roles as r on r.oid = u.role_oid
    order by 1
  ) end as roles,
  case when p.oid is not null then array(
    select a.name from applications as a
    where 0 = any (p.polroles)
      or exists (
        select from pg_catalog.unnest(p.polroles) as u(role_oid)
        where pg_catalog.pg_has_role(a.oid, u.role_oid, 'usage')
      )
    order by 1
  ) end as application_roles,
  trees.using_tree,
  trees.check_tree,
  case when p.oid is not null then array(
    select pg_catalog.concat_ws(' ', a.attnum, a.attnotnull, a.attname)
    from pg_catalog.pg_depend as d
    join pg_catalog.pg_attribute as a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
    where d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass
      and d.objid = p.oid
      and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
      and d.refobjid = t.oid
      and d.refobjsubid > 0
  ) end as columns,
  case when p.oid is not null then array(
    select pg_catalog.concat_ws(
      ' ', f.oid, f.provolatile,
      f.prosrc ~* 'current_setting'
        or coalesce(f.prosqlbody::text ~ ':funcid (2077|3294) ', false),
      f.prosrc ~* '\m(from|user|current_user|session_user|current_role|pg_has_role)\M'
        or coalesce(f.prosqlbody::text ~ '(SQLVALUEFUNCTION|:relid )', false),
      f.oid::pg_catalog.regprocedure
    )
    from (
      select distinct
        case when w.first_word ~ '^[0-9]{1,9}$' then w.first_word::pg_catalog.oid end as oid
      from pg_catalog.string_to_table(
        pg_catalog.concat(trees.using_tree, trees.check_tree), ':funcid '
      ) as piece,
      pg_catalog.split_part(piece, ' ', 1) as w(first_word)
    ) as used
    join pg_catalog.pg_proc as f on f.oid = used.oid
    where f.oid >= 16384 or f.provolatile <> 'i'
  ) end as functions,
  case when p.oid is not null then array(
    select pg_catalog.concat_ws(' ', f.oid, f.oprname)
    from (
      select distinct
        case when w.first_word ~ '^[0-9]{1,9}$' then w.first_word::pg_catalog.oid end as oid
      from pg_catalog.string_to_table(
        pg_catalog.concat(trees.using_tree, trees.check_tree), ':opno '
      ) as piece,
      pg_catalog.split_part(piece, ' ', 1) as w(first_word)
    ) as used
    join pg_catalog.pg_operator as f on f.oid = used.oid
  ) end as operators
from secured as t
join pg_catalog.pg_roles as o on o.oid = t.relowner
left join sessions as s on s.usesysid = t.relowner
left join pg_catalog.pg_policy as p on p.polrelid = t.oid
-- A condition of 200 kB is left out: an empty tree reads as one that cannot be judged.
cross join lateral (
  select
    case when pg_catalog.length(p.polqual::text) > 200000 then '' else p.polqual::text end
      as using_tree,
    case when pg_catalog.length(p.polwithcheck::text) > 200000 then ''
      else p.polwithcheck::text end as check_tree
) as trees
-- Rows of partitions count for their parent: it has an estimate of its own only once analyzed.
cross join lateral (
  select coalesce(sum(greatest(k.reltuples, 0)), 0) as tuples
  from pg_catalog.pg_inherits as i
  join pg_catalog.pg_class as k on k.oid = i.inhrelid
  where i.inhparent = t.oid and t.relkind = 'p'
) as parts
-- An index serves every row of an equality on its first column; 0 stands for an expression.
cross join lateral (
  select pg_catalog.array_agg(distinct i.indkey[0]::int) as leading
  from pg_catalog.pg_index as i
  join pg_catalog.pg_class as k on k.oid = i.indexrelid
  join pg_catalog.pg_am as m on m.oid = k.relam
  where i.indrelid = t.oid
    and i.indisvalid
    and i.indpred is null
    and m.amname in ('btree', 'hash')
) as indexes
-- Rights given to others than the owner: to applications where they are declared, else to anyone.
cross join lateral (
  select
    pg_catalog.array_agg(distinct w.name) filter (
      where g.privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
    ) as using_rows,
    pg_catalog.array_agg(distinct w.name) filter (where g.privilege_type = 'TRUNCATE')
      as truncating
  from pg_catalog.aclexplode(t.relacl) as g
  cross join lateral (
    select a.name
    from applications as a
    where (g.grantee = 0 or pg_catalog.pg_has_role(a.oid, g.grantee, 'usage'))
      and not pg_catalog.pg_has_role(a.oid, t.relowner, 'usage')
    union all
    select case when g.grantee = 0 then 'public' else (
      select pg_catalog.format('%I', r.rolname) from pg_catalog.pg_roles as r
      where r.oid = g.grantee
    ) end
    where pg_catalog.cardinality($1::text[]) = 0
  ) as w
  where g.grantee <> t.relowner
) as grants
order by t.oid, p.polname
