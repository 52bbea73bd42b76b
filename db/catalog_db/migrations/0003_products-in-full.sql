-- A product as an MSP knows it: what it is, by which numbers it is known, where it is filed, what of it customers see.
create table catalog.categories (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  parent_id uuid,
  name text not null check (length(name) between 1 and 128),
  name_key text generated always as (lower(name)) stored,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint categories_parent foreign key (tenant_id, parent_id) references catalog.categories (tenant_id, id) deferrable,
  constraint categories_name unique nulls not distinct (tenant_id, parent_id, name_key)
);
create trigger touch before update on catalog.categories for each row execute function app.touch();
alter table catalog.categories enable row level security, force row level security;
create policy service on catalog.categories to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
grant select, insert, update, delete on catalog.categories to app_service;

alter table catalog.products
  add column kind text not null default 'product' check (kind in ('product', 'service')),
  add column description text not null default '' check (length(description) <= 4000),
  add column mpn text not null default '' check (length(mpn) <= 64),
  add column gtin text check (gtin ~ '^[0-9]{14}$'),
  add column unspsc text check (unspsc ~ '^[0-9]{8}$'),
  add column category_id uuid,
  add column lifecycle text not null default 'active' check (lifecycle in ('active', 'end-of-sale', 'end-of-life')),
  add column unit text not null default 'each' check (length(unit) between 1 and 16),
  add column pack_size integer not null default 1 check (pack_size between 1 and 1000000),
  add column is_published boolean not null default false,
  add column manufacturer_key text generated always as (lower(manufacturer)) stored,
  add column mpn_key text generated always as (lower(mpn)) stored;
create index products_by_category on catalog.products (tenant_id, category_id);
create index products_by_mpn on catalog.products (tenant_id, mpn_key);
create unique index products_part on catalog.products (tenant_id, manufacturer_key, mpn_key) where mpn <> '';
create unique index products_gtin on catalog.products (tenant_id, gtin) where gtin is not null;

-- Customers' people see what their MSP has published, and write nothing.
drop policy guest on catalog.products;
create policy guest on catalog.products as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else is_published end)
  with check ((select app.customer_id()) is null);
create policy guest on catalog.categories as restrictive to app_service
  using (case when (select app.customer_id()) is null then true
    else exists (select from catalog.products p where p.tenant_id = categories.tenant_id and p.category_id = categories.id) end)
  with check ((select app.customer_id()) is null);

-- What a product is found by. Words are compared byte by byte, so that a beginning is a range of the index.
create table catalog.product_words (
  tenant_id uuid not null,
  word text collate "C" not null check (length(word) between 1 and 64),
  product_id uuid not null,
  primary key (tenant_id, word, product_id),
  constraint product_words_product foreign key (tenant_id, product_id) references catalog.products (tenant_id, id) on delete cascade deferrable
);
create index product_words_by_product on catalog.product_words (tenant_id, product_id);
alter table catalog.product_words enable row level security, force row level security;
create policy service on catalog.product_words to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on catalog.product_words as restrictive to app_service
  using (case when (select app.customer_id()) is null then true
    else exists (select from catalog.products p where p.tenant_id = product_words.tenant_id and p.id = product_words.product_id) end)
  with check ((select app.customer_id()) is null);
grant select, insert, delete on catalog.product_words to app_service;

-- What is there is looked at by the owner, to whom forced policies show nothing: they are let go for that, in this transaction.
-- Products of before are found by the words of SKU, name and manufacturer; the next change of one files it in full.
alter table catalog.products no force row level security;
alter table catalog.categories no force row level security;
alter table catalog.product_words no force row level security;
alter table catalog.products
  add constraint products_category foreign key (tenant_id, category_id) references catalog.categories (tenant_id, id) deferrable;
insert into catalog.product_words (tenant_id, word, product_id)
  select distinct p.tenant_id, left(w.word, 64), p.id
  from catalog.products p
  cross join lateral regexp_split_to_table(lower(concat_ws(' ', p.sku, p.name, p.manufacturer)), '[[:space:][:punct:]]+') w (word)
  where w.word <> '';
alter table catalog.products force row level security;
alter table catalog.categories force row level security;
alter table catalog.product_words force row level security;
