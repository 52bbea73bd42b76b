-- Which item of SuperOps's catalog a product at Pax8 is: a person's word, for one account. Several products may be one item.
create table portal.superops_items (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  region text not null check (region in ('us', 'eu')),
  subdomain text not null,
  product_id uuid not null,
  -- Both as they were called when the link was confirmed.
  product_name text not null,
  item_id text not null check (item_id ~ '^[0-9]{1,20}$'),
  item_name text not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint superops_items_one_item unique (tenant_id, region, subdomain, product_id)
);
create trigger touch before update on portal.superops_items for each row execute function app.touch();
alter table portal.superops_items enable row level security, force row level security;
create policy service on portal.superops_items to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on portal.superops_items as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on portal.superops_items to app_service;
