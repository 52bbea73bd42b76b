-- Who may connect to a database of ours; applied to each by an administrator after its creation, repeatable.
-- PUBLIC loses CONNECT and TEMPORARY: a tenant's login has no business in any database but billing_db.
do $$
begin
  execute format('revoke connect, temporary on database %I from public', current_database());
  execute format('grant connect, create on database %I to legendops_owner', current_database());
  execute format('grant connect on database %I to legendops_migrator, app_registry, svc_auth, svc_billing, svc_catalog, svc_portal',
    current_database());
  if current_database() like '%billing%' then
    execute format('grant connect on database %I to tenant_job', current_database());
  end if;
  revoke create on schema public from public;
end $$;
