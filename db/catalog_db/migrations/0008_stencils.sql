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
drop policy guest on catalog.media;
create policy guest on catalog.media as restrictive to app_service
  using (case when (select app.customer_id()) is null then true
    else exists (select from catalog.product_files f where f.tenant_id = media.tenant_id and f.media_id = media.id)
      or exists (select from catalog.stencil_versions v where v.tenant_id = media.tenant_id and v.media_id = media.id) end)
  with check ((select app.customer_id()) is null);
