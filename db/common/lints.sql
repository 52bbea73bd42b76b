-- What could let one tenant reach another's rows, read from the catalog of one database. Each row is a finding; the
-- exceptions are in lint-exceptions.json, each with its reason. A new table passes this or is refused by the test.
with ours as (
  select oid, nspname, nspowner, nspacl from pg_namespace
  where nspname not like 'pg\_%' and nspname not in ('information_schema', 'migrations')
), tables as (
  select c.oid, format('%I.%I', o.nspname, c.relname) as name, c.relrowsecurity, c.relforcerowsecurity, c.relowner, c.relacl,
    c.relispartition, c.relkind, c.reloptions,
    (select a.attnum from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and a.attnotnull and not a.attisdropped) as tenant_column
  from pg_class c join ours o on o.oid = c.relnamespace where c.relkind in ('r', 'p', 'f', 'v', 'm')
)
-- L1: a table without row level security, without FORCE (its owner would see all), without a policy, without a tenant.
select 'L1' as lint, t.name as object, problem as detail
from tables t cross join lateral (values
  (t.relkind = 'f', 'a foreign table cannot have row level security'),
  (not t.relrowsecurity, 'row level security is off'),
  (not t.relforcerowsecurity, 'row level security is not forced'),
  (t.tenant_column is null, 'there is no tenant_id not null'),
  (not exists (select from pg_policy p where p.polrelid = t.oid), 'there is no policy')) found (holds, problem)
where t.relkind in ('r', 'p', 'f') and found.holds
union all
-- L2: a view runs with its owner's rights unless it says otherwise.
select 'L2', t.name, 'a view without security_invoker'
from tables t where t.relkind = 'v' and not ('security_invoker=true' = any (coalesce(t.reloptions, '{}')) or 'security_invoker=on' = any (coalesce(t.reloptions, '{}')))
union all
-- L3: a materialized view has no row level security at all.
select 'L3', t.name, 'a materialized view' from tables t where t.relkind = 'm'
union all
-- L4: a function with its owner's rights: reviewed ones are exceptions; a loose search_path or EXECUTE to all never is.
select 'L4', p.oid::regprocedure::text, problem
from pg_proc p join ours o on o.oid = p.pronamespace join pg_roles r on r.oid = p.proowner
cross join lateral (values
  (true, 'runs with its owner''s rights'),
  (not exists (select from unnest(coalesce(p.proconfig, '{}')) s where s like 'search_path=%'), 'search_path is not fixed'),
  (r.rolsuper or r.rolbypassrls, 'its owner bypasses row level security'),
  (exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0), 'anyone may execute it')) found (holds, problem)
where p.prosecdef and found.holds
union all
-- L5: a foreign key between tenants' tables that does not pair tenant with tenant: constraint checks ignore policies.
select 'L5', format('%s.%s', t.name, k.conname), pg_get_constraintdef(k.oid)
from pg_constraint k join tables t on t.oid = k.conrelid join tables r on r.oid = k.confrelid
where k.contype = 'f' and t.tenant_column is not null and r.tenant_column is not null
  and not exists (select from generate_subscripts(k.conkey, 1) i where k.conkey[i] = t.tenant_column and k.confkey[i] = r.tenant_column)
union all
-- L6: a unique index that does not begin with the tenant tells one tenant what another has.
select 'L6', i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
from pg_index i join tables t on t.oid = i.indrelid
where (i.indisunique or i.indisexclusion) and t.tenant_column is not null and i.indkey[0] <> t.tenant_column
union all
-- L7: roles: attributes that step over policies, memberships that are inherited or wider than planned, logins with things.
select 'L7', r.rolname::text, attribute
from pg_roles r cross join lateral (values
  (r.rolsuper, 'superuser'), (r.rolbypassrls, 'bypasses row level security'), (r.rolreplication, 'replication'),
  (r.rolcreatedb, 'creates databases'), (r.rolcreaterole and r.rolname !~ '^provisioner_\d\d$', 'creates roles')) found (holds, attribute)
where r.rolname not like 'pg\_%' and found.holds
union all
select 'L7', m.rolname::text, format('member of %s, inherit %s, set %s, admin %s', g.rolname, x.inherit_option, x.set_option, x.admin_option)
from pg_auth_members x join pg_roles g on g.oid = x.roleid join pg_roles m on m.oid = x.member
where not m.rolsuper and m.rolname not like 'pg\_%' and not exists (
  select from (values
    ('^app_(service|platform)$', '^svc_[a-z]+$', false, true, false),
    ('^tenant_job$', '^t_[0-9a-f]{32}_[ab]$', true, false, false),
    ('^tenant_job$', '^provisioner_\d\d$', false, false, true),
    ('^app_registry$', '^provisioner_\d\d$', true, false, false),
    ('^t_[0-9a-f]{32}_[ab]$', '^provisioner_\d\d$', false, false, true),
    ('^legendops_owner$', '^legendops_migrator$', false, true, false)) planned (role, member, inherits, sets, administers)
  where g.rolname ~ planned.role and m.rolname ~ planned.member
    and (x.inherit_option, x.set_option, x.admin_option) = (planned.inherits, planned.sets, planned.administers))
union all
select 'L7', r.rolname::text, format('a login that owns or was granted %s object(s)', count(*))
from pg_shdepend d join pg_roles r on r.oid = d.refobjid and d.refclassid = 'pg_authid'::regclass
where d.dbid = (select oid from pg_database where datname = current_database()) and d.deptype in ('o', 'a') and r.rolcanlogin and not r.rolsuper
group by r.rolname
union all
-- L8: rights that go around policies, or that can be passed on.
select 'L8', t.name, format('%s to %s', a.privilege_type, coalesce(r.rolname, 'everyone'))
from tables t cross join lateral aclexplode(t.relacl) a left join pg_roles r on r.oid = a.grantee
where a.grantee <> t.relowner
  and (a.grantee = 0 or a.is_grantable or t.relispartition or a.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN'))
union all
select 'L8', format('schema %I', o.nspname), format('CREATE to %s', coalesce(r.rolname, 'everyone'))
from ours o cross join lateral aclexplode(o.nspacl) a left join pg_roles r on r.oid = a.grantee
where a.privilege_type = 'CREATE' and a.grantee <> o.nspowner
union all
-- L9: the shape of policies: for a named role, or for everyone by the caller's own tenant; for all commands, one permissive a
-- role, the tenant's function in a sub-select. None for tenant_job: `drop owned by` of any member would take it away.
select 'L9', format('%I.%I.%I', p.schemaname, p.tablename, p.policyname), problem
from pg_policies p join ours o on o.nspname = p.schemaname
cross join lateral (values
  ('public' = any (p.roles) and (p.qual !~ '^\((tenant_)?id = \( SELECT app\.own_tenant\(\) AS own_tenant\)\)$'
    or p.with_check is distinct from 'false' and p.with_check is distinct from p.qual), 'for everyone'),
  ('tenant_job' = any (p.roles), 'for a role whose members may drop it'),
  (p.cmd <> 'ALL', 'for one command only'),
  (coalesce(p.qual, '') !~ '\( SELECT app\.\w+\(\)', 'USING without (select app.…())'),
  (p.permissive = 'PERMISSIVE' and p.with_check is not null and p.with_check <> 'false' and p.with_check !~ '\( SELECT app\.\w+\(\)', 'WITH CHECK without (select app.…())'),
  (p.permissive = 'PERMISSIVE' and exists (
    select from pg_policies q where q.schemaname = p.schemaname and q.tablename = p.tablename and q.policyname <> p.policyname
      and q.permissive = 'PERMISSIVE' and (q.roles && p.roles)), 'another permissive policy is for the same role')) found (holds, problem)
where found.holds
union all
-- L10: a table that services read and that a customer's people are not narrowed in.
select 'L10', t.name, 'a guest is not narrowed to the own customer'
from tables t
where t.relkind in ('r', 'p', 'f') and has_any_column_privilege('app_service', t.oid, 'select')
  and not exists (select from pg_policy p
    where p.polrelid = t.oid and not p.polpermissive and p.polcmd = '*' and p.polroles in ('{0}', array['app_service'::regrole::oid])
      and pg_get_expr(p.polqual, p.polrelid) ~ '\( SELECT app\.customer_id\(\)')
order by 1, 2, 3
