/**
 * The statements that change nothing, by their whole text. A process that does not lead may send these; whatever is not
 * found here is taken for a write.
 */
export const reads = {
  observeLogins: `
  select r.rolname::text, r.rolcanlogin, r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolreplication,
    r.rolbypassrls, r.rolconnlimit, r.rolvaliduntil is not null and r.rolvaliduntil <> 'infinity' expires,
    coalesce(r.rolconfig, '{}') settings,
    array(select format('%s inherit=%s set=%s admin=%s', g.rolname, x.inherit_option, x.set_option, x.admin_option)
          from pg_auth_members x join pg_roles g on g.oid = x.roleid where x.member = r.oid order by 1) memberships,
    array(select m.rolname::text from pg_auth_members x join pg_roles m on m.oid = x.member
          where x.roleid = r.oid and x.admin_option and m.rolname like 'provisioner_%' order by 1) administered_by,
    array(select m.rolname::text from pg_auth_members x join pg_roles m on m.oid = x.member
          where x.roleid = r.oid and x.inherit_option and m.rolname like 'provisioner_%' order by 1) closing_by,
    (select count(*)::int from pg_shdepend d where d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid
       and d.deptype in ('o', 'a') and d.classid <> 'pg_auth_members'::regclass) dependents
  from pg_roles r where r.rolname = any ($1)`,
  hasSessions: 'select exists (select from pg_stat_activity where usename = $1) as has_sessions',
  databaseTime: 'select clock_timestamp() as now',
  tenantsOfOwner: 'select id from app.tenants_of_owner($1) as id',
  integrationStates:
    'select tenant_id::text as "tenantId", vendor, state from app.integration_states($1) order by 1, 2',
} as const;

const texts: ReadonlySet<unknown> = new Set(Object.values(reads));

/** Whether what is given to `query` is one of them. */
export const isRead = (statement: unknown): boolean =>
  texts.has(typeof statement === 'object' && statement !== null && 'text' in statement ? statement.text : statement);
