-- catalog_db: what an MSP sells.
create schema catalog;
grant usage on schema catalog to app_service;

create table catalog.products (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  sku text not null check (length(sku) between 1 and 64),
  name text not null check (length(name) between 1 and 256),
  manufacturer text not null default '' check (length(manufacturer) <= 128),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint products_sku unique (tenant_id, sku)
);
create index products_newest on catalog.products (tenant_id, created_at desc, id desc);
create trigger touch before update on catalog.products for each row execute function app.touch();
alter table catalog.products enable row level security, force row level security;
create policy service on catalog.products to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
-- What an MSP sells is for its staff.
create policy guest on catalog.products as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on catalog.products to app_service;
