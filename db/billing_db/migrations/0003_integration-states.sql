-- How the connections of these tenants are, for the operator's condition IntegrationsReady: one call for all. It sees what
-- the policy lets it see of one tenant after the other, by three columns.
create policy registry on billing.connections to app_registry
  using (tenant_id = (select app.tenant_id())) with check (false);
grant usage on schema billing to app_registry;
grant select (tenant_id, vendor, state) on billing.connections to app_registry;
create function app.integration_states(p_tenants uuid[]) returns table (tenant_id uuid, vendor text, state text)
  language plpgsql set search_path = ''
  as $$
    declare
      asked uuid;
    begin
      foreach asked in array p_tenants loop
        perform pg_catalog.set_config('app.tenant_id', asked::text, true);
        return query select c.tenant_id, c.vendor, c.state from billing.connections c where c.tenant_id = asked;
      end loop;
      perform pg_catalog.set_config('app.tenant_id', '', true);
    end
  $$;
grant execute on function app.integration_states(uuid[]) to app_registry;
