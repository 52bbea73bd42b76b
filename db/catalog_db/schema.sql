-- catalog_db: what an MSP sells.
create schema catalog;
grant usage on schema catalog to app_service;

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

create table catalog.products (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  kind text not null default 'product' check (kind in ('product', 'service')),
  sku text not null check (length(sku) between 1 and 64),
  -- Two that differ in the case of their letters are one to whoever types them. Not unique: a catalog of before may hold both.
  sku_key text generated always as (lower(sku)) stored,
  name text not null check (length(name) between 1 and 256),
  description text not null default '' check (length(description) <= 4000),
  manufacturer text not null default '' check (length(manufacturer) <= 128),
  manufacturer_key text generated always as (lower(manufacturer)) stored,
  mpn text not null default '' check (length(mpn) <= 64),
  mpn_key text generated always as (lower(mpn)) stored,
  -- Every length of GTIN as one of fourteen digits.
  gtin text check (gtin ~ '^[0-9]{14}$'),
  unspsc text check (unspsc ~ '^[0-9]{8}$'),
  category_id uuid,
  lifecycle text not null default 'active' check (lifecycle in ('active', 'end-of-sale', 'end-of-life')),
  unit text not null default 'each' check (length(unit) between 1 and 16),
  pack_size integer not null default 1 check (pack_size between 1 and 1000000),
  is_published boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Which product of the base catalog it stands on, and which of its fields are its own: the others follow. No foreign key, since a
  -- tenant may be brought to where the base is another one.
  base_key text collate "C",
  own_fields text[] not null default '{}' check (own_fields <@ array['kind', 'name', 'description', 'manufacturer', 'mpn', 'gtin', 'unspsc', 'lifecycle', 'unit', 'packSize']),
  primary key (tenant_id, id),
  constraint products_own check (base_key is not null or own_fields = '{}'),
  constraint products_sku unique (tenant_id, sku),
  constraint products_category foreign key (tenant_id, category_id) references catalog.categories (tenant_id, id) deferrable
);
create index products_newest on catalog.products (tenant_id, created_at desc, id desc);
create index products_by_category on catalog.products (tenant_id, category_id);
create index products_by_sku on catalog.products (tenant_id, sku_key);
create index products_by_mpn on catalog.products (tenant_id, mpn_key);
create unique index products_part on catalog.products (tenant_id, manufacturer_key, mpn_key) where mpn <> '';
create unique index products_base on catalog.products (tenant_id, base_key) where base_key is not null;
create unique index products_gtin on catalog.products (tenant_id, gtin) where gtin is not null;
create trigger touch before update on catalog.products for each row execute function app.touch();
alter table catalog.products enable row level security, force row level security;
create policy service on catalog.products to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
-- Customers' people see what their MSP has published, and write nothing.
create policy guest on catalog.products as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else is_published end)
  with check ((select app.customer_id()) is null);
grant select, insert, update, delete on catalog.products to app_service;

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

-- How products belong together. `replaces` leads from the new product to the old one; what goes well together stands once.
create table catalog.relations (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  kind text not null check (kind in ('requires', 'compatible', 'replaces', 'bundles')),
  from_id uuid not null,
  to_id uuid not null,
  quantity integer not null default 1 check (quantity between 1 and 10000),
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint relations_from foreign key (tenant_id, from_id) references catalog.products (tenant_id, id) deferrable,
  constraint relations_to foreign key (tenant_id, to_id) references catalog.products (tenant_id, id) deferrable,
  constraint relations_once unique (tenant_id, kind, from_id, to_id),
  constraint relations_of_two check (from_id <> to_id),
  constraint relations_symmetric check (kind <> 'compatible' or from_id < to_id)
);
create index relations_by_target on catalog.relations (tenant_id, to_id);
create unique index relations_one_successor on catalog.relations (tenant_id, to_id) where kind = 'replaces';
alter table catalog.relations enable row level security, force row level security;
create policy service on catalog.relations to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on catalog.relations as restrictive to app_service
  using (case when (select app.customer_id()) is null then true
    else exists (select from catalog.products p where p.tenant_id = relations.tenant_id and p.id = relations.from_id)
      and exists (select from catalog.products p where p.tenant_id = relations.tenant_id and p.id = relations.to_id) end)
  with check ((select app.customer_id()) is null);
grant select, insert, delete on catalog.relations to app_service;

-- One row a tenant, held while its relations change: two of them at once could close a circle that neither sees.
create table catalog.relation_guards (
  tenant_id uuid not null primary key,
  held_at timestamptz not null default now()
);
alter table catalog.relation_guards enable row level security, force row level security;
create policy service on catalog.relation_guards to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on catalog.relation_guards as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update on catalog.relation_guards to app_service;

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

-- Files that people put here: bytes are in blob storage, one blob a content, named by tenant and SHA-256.
create table catalog.media (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  container text not null check (container in ('product-images', 'visio-stencils', 'documents')),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  content_type text not null check (length(content_type) between 3 and 100),
  bytes bigint not null check (bytes > 0),
  -- Of pictures that have a size of their own.
  width_px integer check (width_px > 0),
  height_px integer check (height_px > 0),
  has_thumbnail boolean not null default false,
  -- Since when nothing is known to hold it; null: something does.
  loose_since timestamptz default now(),
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint media_content unique (tenant_id, container, sha256)
);
create index media_loose on catalog.media (tenant_id, loose_since) where loose_since is not null;
alter table catalog.media enable row level security, force row level security;
create policy service on catalog.media to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
-- Which tenants have something to remove is looked for over all of them.
create policy platform on catalog.media to app_platform
  using (loose_since < now() - interval '24 hours') with check (false);
grant select, insert, update (loose_since), delete on catalog.media to app_service;
grant select (tenant_id, id, loose_since) on catalog.media to app_platform;

-- What is being put here: the bytes count from the start, so that two at once cannot fill one place.
create table catalog.media_uploads (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  container text not null check (container in ('product-images', 'visio-stencils', 'documents')),
  content_type text not null check (length(content_type) between 3 and 100),
  bytes bigint not null check (bytes > 0),
  -- Of what is about to be kept, written before its blob is: a blob that nothing names is never left.
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  media_id uuid,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint media_uploads_media foreign key (tenant_id, media_id) references catalog.media (tenant_id, id)
    on delete set null (media_id) deferrable
);
create index media_uploads_over on catalog.media_uploads (tenant_id, expires_at);
create index media_uploads_by_content on catalog.media_uploads (tenant_id, container, sha256) where sha256 is not null;
create index media_uploads_by_media on catalog.media_uploads (tenant_id, media_id);
alter table catalog.media_uploads enable row level security, force row level security;
create policy service on catalog.media_uploads to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy platform on catalog.media_uploads to app_platform using (expires_at < now()) with check (false);
create policy guest on catalog.media_uploads as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update (sha256, media_id), delete on catalog.media_uploads to app_service;
grant select (tenant_id, id, expires_at) on catalog.media_uploads to app_platform;
grant usage on schema catalog to app_platform;

-- One row a tenant, held while what it keeps is counted or removed.
create table catalog.media_guards (
  tenant_id uuid not null primary key,
  held_at timestamptz not null default now()
);
alter table catalog.media_guards enable row level security, force row level security;
create policy service on catalog.media_guards to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on catalog.media_guards as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update on catalog.media_guards to app_service;

-- For every table that holds media by a column media_id: what it lets go of is looked at, and removed where nobody holds it.
create function catalog.release_media() returns trigger language plpgsql set search_path = ''
  as $$
    begin
      update catalog.media set loose_since = now() where tenant_id = old.tenant_id and id = old.media_id;
      return null;
    end
  $$;

-- Pictures and data sheets of products, in the order in which they are shown: the first picture is the main one.
create table catalog.product_files (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  product_id uuid not null,
  media_id uuid not null,
  kind text not null check (kind in ('picture', 'document')),
  position integer not null check (position > 0),
  -- What a picture shows, for who cannot see it; the title of a document.
  name text not null check (length(name) between 1 and 256),
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint product_files_product foreign key (tenant_id, product_id) references catalog.products (tenant_id, id) on delete cascade deferrable,
  constraint product_files_media foreign key (tenant_id, media_id) references catalog.media (tenant_id, id) deferrable,
  constraint product_files_once unique (tenant_id, product_id, media_id),
  constraint product_files_position unique (tenant_id, product_id, kind, position) deferrable
);
create index product_files_by_media on catalog.product_files (tenant_id, media_id);
create trigger release after delete on catalog.product_files for each row execute function catalog.release_media();
alter table catalog.product_files enable row level security, force row level security;
create policy service on catalog.product_files to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on catalog.product_files as restrictive to app_service
  using (case when (select app.customer_id()) is null then true
    else exists (select from catalog.products p where p.tenant_id = product_files.tenant_id and p.id = product_files.product_id) end)
  with check ((select app.customer_id()) is null);
grant select, insert, update (position, name), delete on catalog.product_files to app_service;

-- Visio stencils: a name, what was uploaded under it version by version, and the masters that each version holds.
create table catalog.stencils (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  name text not null check (length(name) between 1 and 128),
  name_key text generated always as (lower(name)) stored,
  -- The number of its newest version: the one that is shown, searched and published.
  latest integer not null check (latest >= 1),
  is_published boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint stencils_name unique (tenant_id, name_key)
);
create index stencils_newest on catalog.stencils (tenant_id, created_at desc, id desc);
create trigger touch before update on catalog.stencils for each row execute function app.touch();
alter table catalog.stencils enable row level security, force row level security;
create policy service on catalog.stencils to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on catalog.stencils as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else is_published end)
  with check ((select app.customer_id()) is null);
grant select, insert, update, delete on catalog.stencils to app_service;

create table catalog.stencil_versions (
  tenant_id uuid not null,
  stencil_id uuid not null,
  number integer not null check (number >= 1),
  -- The package as it was uploaded.
  media_id uuid not null,
  file_name text not null check (length(file_name) between 1 and 256),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint not null check (size_bytes > 0),
  -- The package holds macros, which were not read.
  has_macros boolean not null default false,
  -- What the previews and icons of its masters weigh: they count as what the tenant keeps.
  picture_bytes bigint not null default 0 check (picture_bytes >= 0),
  created_at timestamptz not null default now(),
  primary key (tenant_id, stencil_id, number),
  constraint stencil_versions_stencil foreign key (tenant_id, stencil_id) references catalog.stencils (tenant_id, id) on delete cascade deferrable,
  constraint stencil_versions_media foreign key (tenant_id, media_id) references catalog.media (tenant_id, id) deferrable,
  constraint stencil_versions_once unique (tenant_id, stencil_id, sha256)
);
create index stencil_versions_by_media on catalog.stencil_versions (tenant_id, media_id);
create trigger release_media after delete on catalog.stencil_versions for each row execute function catalog.release_media();
alter table catalog.stencil_versions enable row level security, force row level security;
create policy service on catalog.stencil_versions to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
-- What a newer version has replaced is nothing that customers' people are shown.
create policy guest on catalog.stencil_versions as restrictive to app_service
  using (case when (select app.customer_id()) is null then true
    else exists (select from catalog.stencils s where s.tenant_id = stencil_versions.tenant_id and s.id = stencil_versions.stencil_id
      and s.latest = stencil_versions.number) end)
  with check ((select app.customer_id()) is null);
grant select, insert, delete on catalog.stencil_versions to app_service;

-- Masters with their pictures. None is ever changed: what is new comes with a new version.
create table catalog.stencil_masters (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  stencil_id uuid not null,
  number integer not null,
  -- From 0 on, in the order of the file.
  position integer not null check (position >= 0),
  name text not null,
  name_u text not null,
  unique_id text not null,
  base_id text not null,
  is_hidden boolean not null default false,
  is_pattern boolean not null default false,
  -- Fills and lines that a drawing was imported with are no shapes, whatever else is said of them.
  kind text generated always as (case when is_pattern then 'pattern' when is_hidden then 'hidden' else 'shape' end) stored,
  prompt text not null default '',
  keywords text[] not null default '{}',
  width_mm double precision not null,
  height_mm double precision not null,
  connection_points jsonb not null default '[]',
  properties jsonb not null default '[]',
  -- An SVG, inert: what it may hold is in services/catalog/src/stencil.
  preview bytea not null,
  preview_sha256 text not null check (preview_sha256 ~ '^[0-9a-f]{64}$'),
  -- A PNG, where the stencil brings one.
  icon bytea,
  primary key (tenant_id, id),
  constraint stencil_masters_version foreign key (tenant_id, stencil_id, number)
    references catalog.stencil_versions (tenant_id, stencil_id, number) on delete cascade deferrable,
  constraint stencil_masters_position unique (tenant_id, stencil_id, number, position)
);
alter table catalog.stencil_masters enable row level security, force row level security;
create policy service on catalog.stencil_masters to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on catalog.stencil_masters as restrictive to app_service
  using (case when (select app.customer_id()) is null then true
    else exists (select from catalog.stencils s where s.tenant_id = stencil_masters.tenant_id and s.id = stencil_masters.stencil_id
      and s.latest = stencil_masters.number) end)
  with check ((select app.customer_id()) is null);
grant select, insert, delete on catalog.stencil_masters to app_service;

-- What a master is found by: as with products, a beginning is a range of the index.
create table catalog.stencil_words (
  tenant_id uuid not null,
  word text collate "C" not null check (length(word) between 1 and 64),
  master_id uuid not null,
  primary key (tenant_id, word, master_id),
  constraint stencil_words_master foreign key (tenant_id, master_id) references catalog.stencil_masters (tenant_id, id) on delete cascade deferrable
);
create index stencil_words_by_master on catalog.stencil_words (tenant_id, master_id);
alter table catalog.stencil_words enable row level security, force row level security;
create policy service on catalog.stencil_words to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on catalog.stencil_words as restrictive to app_service
  using (case when (select app.customer_id()) is null then true
    else exists (select from catalog.stencil_masters m where m.tenant_id = stencil_words.tenant_id and m.id = stencil_words.master_id) end)
  with check ((select app.customer_id()) is null);
grant select, insert, delete on catalog.stencil_words to app_service;

-- Which masters draw a product. A new version of the stencil takes over what its masters drew in the one before.
create table catalog.product_masters (
  tenant_id uuid not null,
  product_id uuid not null,
  master_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, product_id, master_id),
  constraint product_masters_product foreign key (tenant_id, product_id) references catalog.products (tenant_id, id) on delete cascade deferrable,
  constraint product_masters_master foreign key (tenant_id, master_id) references catalog.stencil_masters (tenant_id, id) on delete cascade deferrable
);
create index product_masters_by_master on catalog.product_masters (tenant_id, master_id);
alter table catalog.product_masters enable row level security, force row level security;
create policy service on catalog.product_masters to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on catalog.product_masters as restrictive to app_service
  using (case when (select app.customer_id()) is null then true
    else exists (select from catalog.products p where p.tenant_id = product_masters.tenant_id and p.id = product_masters.product_id)
      and exists (select from catalog.stencil_masters m where m.tenant_id = product_masters.tenant_id and m.id = product_masters.master_id) end)
  with check ((select app.customer_id()) is null);
grant select, insert, delete on catalog.product_masters to app_service;

-- Customers' people see the files of what they see, and write none.
create policy guest on catalog.media as restrictive to app_service
  using (case when (select app.customer_id()) is null then true
    else exists (select from catalog.product_files f where f.tenant_id = media.tenant_id and f.media_id = media.id)
      or exists (select from catalog.stencil_versions v where v.tenant_id = media.tenant_id and v.media_id = media.id) end)
  with check ((select app.customer_id()) is null);

-- Cabling designs: what an engineer said, and beside it what was computed of it then, with versions and inputs.
create table catalog.cabling_designs (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  name text not null check (length(name) between 1 and 128),
  -- A customer of portal_db; the design is shown to its people once it is published.
  customer_id uuid,
  is_published boolean not null default false,
  content jsonb not null,
  computed jsonb not null,
  links integer not null default 0,
  warnings integer not null default 0,
  refusals integer not null default 0,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index cabling_designs_newest on catalog.cabling_designs (tenant_id, created_at desc, id desc);
create trigger touch before update on catalog.cabling_designs for each row execute function app.touch();
alter table catalog.cabling_designs enable row level security, force row level security;
create policy service on catalog.cabling_designs to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on catalog.cabling_designs as restrictive to app_service
  using (case when (select app.customer_id()) is null then true
    else is_published and customer_id = (select app.customer_id()) end)
  with check ((select app.customer_id()) is null);
grant select, insert, update, delete on catalog.cabling_designs to app_service;
