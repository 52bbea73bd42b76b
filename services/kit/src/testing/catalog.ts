import type pg from 'pg';

/** Every object of ours in a database as (kind, name, definition): two databases are alike when these are. */
export const catalogOf = async (client: pg.Client): Promise<{ kind: string; name: string; definition: string }[]> => {
  const { rows } = await client.query<{ kind: string; name: string; definition: string }>(`
    with space as (
      select oid, nspname, nspowner, nspacl from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'migrations')
    ), rel as (
      select c.*, s.nspname || '.' || c.relname as path from pg_class c join space s on s.oid = c.relnamespace
    )
    select 'schema' kind, nspname name, format('owner %s acl %s', nspowner::regrole, nspacl) definition from space
    union all
    select 'relation', path, format('%s owner %s rls %s force %s options %s acl %s', relkind, relowner::regrole, relrowsecurity,
        relforcerowsecurity, reloptions, (select array_agg(x::text order by x::text) from unnest(relacl) x))
      from rel where relkind in ('r', 'p', 'v', 'm', 'S', 'f')
    union all
    select 'column', path || '.' || a.attname, format('%s%s default %s identity %s generated %s acl %s',
        format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' end, pg_get_expr(d.adbin, d.adrelid),
        a.attidentity, a.attgenerated, (select array_agg(x::text order by x::text) from unnest(a.attacl) x))
      from rel join pg_attribute a on a.attrelid = rel.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum where relkind in ('r', 'p', 'v', 'm', 'f')
    union all
    select 'constraint', path || '.' || conname, pg_get_constraintdef(k.oid) || case when convalidated then '' else ' NOT VALID' end
      from pg_constraint k join rel on rel.oid = k.conrelid where k.contype <> 'n'
    union all
    select 'index', i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ' INVALID' end
      from pg_index i join rel on rel.oid = i.indrelid
    union all
    select 'policy', format('%I.%I.%s', schemaname, tablename, policyname), format('%s %s %s using %s check %s', permissive, cmd,
        (select array_agg(x order by x) from unnest(roles) x), qual, with_check)
      from pg_policies where schemaname in (select nspname from space)
    union all
    select 'trigger', path || '.' || tgname, pg_get_triggerdef(t.oid) from pg_trigger t join rel on rel.oid = t.tgrelid where not tgisinternal
    union all
    select 'view', path, pg_get_viewdef(rel.oid) from rel where relkind in ('v', 'm')
    union all
    select 'function', p.oid::regprocedure::text, pg_get_functiondef(p.oid) || format(' owner %s acl %s', p.proowner::regrole,
        (select array_agg(x::text order by x::text) from unnest(p.proacl) x))
      from pg_proc p join space on space.oid = p.pronamespace where p.prokind in ('f', 'p')
    union all
    select 'default acl', format('%s %s', defaclrole::regrole, defaclobjtype), defaclacl::text from pg_default_acl
    order by 1, 2`);
  return rows;
};
