-- Who may connect to a database of ours, and what PostgreSQL lets every login do to others there; applied to each by an
-- administrator after its creation, as often as wanted, on servers that exist already too. Where the administrator is no
-- superuser the second part is only warned of: decision 0015 says what then remains.
do $$
declare
  item text;
  -- Locks that stop others without a right on anything; large objects, which make a login impossible to drop; words in
  -- everybody's ear; who else is there and what they do.
  closed constant text := '^(pg_(try_)?advisory_|lo_|loread$|lowrite$|pg_notify$|pg_logical_emit_message$|pg_export_snapshot$'
    '|pg_stat_get_|pg_lock_status$|pg_blocking_pids$|pg_safe_snapshot_blocking_pids$|pg_prepared_xact$)';
  telling constant text := '^(pg_stat_(?!s$).*|pg_statio_.*|pg_locks|pg_prepared_xacts|pg_replication_slots|pg_roles|pg_user|pg_group'
    '|pg_auth_members|pg_db_role_setting|pg_shdepend)$';
begin
  perform pg_advisory_xact_lock(hashtextextended('legendops:rights', 0));

  execute format('revoke connect, temporary on database %I from public', current_database());
  execute format('grant connect, create on database %I to legendops_owner', current_database());
  execute format('grant connect on database %I to legendops_migrator, app_registry, svc_auth, svc_billing, svc_catalog, svc_portal',
    current_database());
  -- Where tenants' jobs have business.
  if current_database() like any (array['%billing%', '%portal%']) then
    execute format('grant connect on database %I to tenant_job', current_database());
  end if;
  revoke create on schema public from public;

  for item in
    select p.oid::regprocedure::text from pg_proc p
    where p.pronamespace = 'pg_catalog'::regnamespace and p.proname ~ closed
      and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)
  loop
    execute format('revoke execute on function pg_catalog.%s from public', item);
    if item ~ '^pg_(try_)?advisory_' then
      execute format('grant execute on function pg_catalog.%s to legendops_owner, app_service, app_platform, app_registry', item);
    elsif item ~ '^pg_(stat_get_|lock_status)' then
      execute format('grant execute on function pg_catalog.%s to pg_monitor', item);
    end if;
  end loop;
  for item in
    select c.relname from pg_class c
    where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind in ('r', 'v') and c.relname ~ telling
      and exists (select from aclexplode(c.relacl) a where a.grantee = 0)
  loop
    execute format('revoke select on pg_catalog.%I from public', item);
    execute format('grant select on pg_catalog.%I to pg_monitor', item);
  end loop;
  -- The operator looks at the logins that it makes and ends their sessions; a run is told whether its own session lives.
  grant select on pg_catalog.pg_roles, pg_catalog.pg_auth_members, pg_catalog.pg_shdepend, pg_catalog.pg_stat_activity to app_registry;
  grant execute on function pg_catalog.pg_stat_get_activity(integer) to app_registry, legendops_owner;
  grant select on pg_catalog.pg_stat_activity to legendops_owner;

  -- DO is a programme of whoever sends it; functions and triggers of ours need no right on their language.
  revoke usage on language plpgsql from public;
  grant usage on language plpgsql to legendops_owner;
end $$;
