-- Products that every tenant may take into its own catalog: the platform's, of no tenant. The owner writes them, services read.
create table catalog.base_products (
  key text collate "C" not null primary key check (key ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
  kind text not null check (kind in ('product', 'service')),
  name text not null check (length(name) between 1 and 256),
  description text not null check (length(description) <= 4000),
  manufacturer text not null check (length(manufacturer) <= 128),
  mpn text not null check (length(mpn) <= 64),
  gtin text check (gtin ~ '^[0-9]{14}$'),
  unspsc text check (unspsc ~ '^[0-9]{8}$'),
  lifecycle text not null check (lifecycle in ('active', 'end-of-sale', 'end-of-life')),
  unit text not null check (length(unit) between 1 and 16),
  pack_size integer not null check (pack_size between 1 and 1000000),
  -- What it is found by, a blank before each.
  words text collate "C" not null,
  -- Since when nobody may take it any more; what stands on it stays.
  retired_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
alter table catalog.base_products enable row level security, force row level security;
create policy service on catalog.base_products to app_service using (true) with check (false);
create policy owner on catalog.base_products to legendops_owner using (true) with check (true);
create policy guest on catalog.base_products as restrictive to app_service using ((select app.customer_id()) is null);
grant select on catalog.base_products to app_service;

-- Which of them a product stands on, and which of its fields are its own: the others follow. No foreign key, since a tenant may be
-- brought to where the base is another one.
alter table catalog.products
  add column base_key text collate "C",
  add column own_fields text[] not null default '{}' check (own_fields <@ array['kind', 'name', 'description', 'manufacturer', 'mpn', 'gtin', 'unspsc', 'lifecycle', 'unit', 'packSize']),
  add constraint products_own check (base_key is not null or own_fields = '{}');
create unique index products_base on catalog.products (tenant_id, base_key) where base_key is not null;
