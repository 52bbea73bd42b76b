-- A tenant's link to SuperOps; its token is in the vault, never here. An account belongs to one tenant.
create table portal.superops_connections (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  region text not null check (region in ('us', 'eu')),
  subdomain text not null check (subdomain ~ '^[a-z0-9-]{1,63}$'),
  state text not null default 'connected' check (state in ('connected', 'reconnect', 'paused')),
  -- Why it does not work, as a kind: the words are the service's.
  failure text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id),
  check ((state = 'connected') = (failure is null))
);
create unique index superops_connections_one_tenant on portal.superops_connections (region, subdomain);
create trigger touch before update on portal.superops_connections for each row execute function app.touch();
alter table portal.superops_connections enable row level security, force row level security;
create policy service on portal.superops_connections to app_service
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
-- The one policy of the owner: free_superops_account looks whether a retained tenant holds an account.
create policy holders on portal.superops_connections to legendops_owner using (true) with check (false);
create policy guest on portal.superops_connections as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on portal.superops_connections to app_service;

-- A retained tenant keeps its account until somebody else has proven it. Tells nothing of the holder.
create function portal.free_superops_account(p_region text, p_subdomain text) returns void
  language plpgsql security definer set search_path = ''
  as $$
    begin
      delete from portal.superops_connections c using app.tenants t
        where t.id = c.tenant_id and t.state = 'retained' and c.tenant_id <> app.tenant_id()
          and c.region = p_region and c.subdomain = p_subdomain;
    end
  $$;
grant execute on function portal.free_superops_account(text, text) to app_service;

-- Who a client of SuperOps is here: a person's word, for one account.
create table portal.superops_clients (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  region text not null check (region in ('us', 'eu')),
  subdomain text not null,
  -- Digits up to twenty: no number of ours holds them.
  client_id text not null check (client_id ~ '^[0-9]{1,20}$'),
  -- As it was called when the link was confirmed.
  client_name text not null,
  customer_id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint superops_clients_one_customer unique (tenant_id, region, subdomain, client_id),
  constraint superops_clients_one_client unique (tenant_id, region, subdomain, customer_id),
  foreign key (tenant_id, customer_id) references portal.customers (tenant_id, id) deferrable
);
create index superops_clients_customer on portal.superops_clients (tenant_id, customer_id);
create trigger touch before update on portal.superops_clients for each row execute function app.touch();
alter table portal.superops_clients enable row level security, force row level security;
create policy service on portal.superops_clients to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on portal.superops_clients as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else customer_id = (select app.customer_id()) end);
grant select, insert, update, delete on portal.superops_clients to app_service;
