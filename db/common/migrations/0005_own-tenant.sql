-- The tenant of whoever asks: a tenant's login has its own, whatever it sets; everybody else the one of the transaction.
create function app.own_tenant() returns uuid language sql stable parallel safe
  as $$
    select coalesce((regexp_match(session_user::text, '^t_([0-9a-f]{32})_[ab]$'))[1]::uuid,
      nullif(current_setting('app.tenant_id', true), '')::uuid)
  $$;
grant execute on function app.own_tenant() to app_service, app_platform, tenant_job, app_registry;

-- For everybody, and so every policy that binds tenants' logins: `drop owned by tenant_job`, which each member of that role
-- may send, would take away those for tenant_job.
drop policy service on app.tenants;
drop policy job on app.tenants;
create policy tenant on app.tenants using (id = (select app.own_tenant())) with check (false);
