-- What products are sold for: a list a currency, a price from a date until the next one of the same product.
create table catalog.price_lists (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  name text not null check (length(name) between 1 and 128),
  name_key text generated always as (lower(name)) stored,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint price_lists_name unique (tenant_id, name_key)
);
create trigger touch before update on catalog.price_lists for each row execute function app.touch();
alter table catalog.price_lists enable row level security, force row level security;
create policy service on catalog.price_lists to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on catalog.price_lists as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on catalog.price_lists to app_service;

create table catalog.prices (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  price_list_id uuid not null,
  product_id uuid not null,
  valid_from date not null,
  -- Null: from this day on the list has no price for it.
  amount_minor bigint check (amount_minor >= 0),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint prices_list foreign key (tenant_id, price_list_id) references catalog.price_lists (tenant_id, id) on delete cascade deferrable,
  constraint prices_product foreign key (tenant_id, product_id) references catalog.products (tenant_id, id) on delete cascade deferrable,
  constraint prices_once unique (tenant_id, product_id, price_list_id, valid_from)
);
create index prices_by_list on catalog.prices (tenant_id, price_list_id);
create trigger touch before update on catalog.prices for each row execute function app.touch();
alter table catalog.prices enable row level security, force row level security;
create policy service on catalog.prices to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on catalog.prices as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on catalog.prices to app_service;
