-- One change at a time of a tenant's logins, held on a row that no tenant can reach: an advisory lock in billing_db could
-- be taken by any tenant's login, and a suspension would wait for as long as that pleased.
create table app.login_locks (tenant_id uuid primary key);
alter table app.login_locks enable row level security, force row level security;
create policy owner on app.login_locks to legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));

-- Held until the caller's transaction ends.
create function app.lock_logins(p_tenant_id uuid) returns void language plpgsql security definer set search_path = ''
  as $$
    begin
      perform pg_catalog.set_config('app.tenant_id', p_tenant_id::text, true);
      insert into app.login_locks values (p_tenant_id) on conflict do nothing;
      perform from app.login_locks l where l.tenant_id = p_tenant_id for update;
    end
  $$;
grant execute on function app.lock_logins(uuid) to app_registry;
