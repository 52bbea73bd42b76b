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

-- Customers' people see the files of what they see, and write none.
drop policy guest on catalog.media;
create policy guest on catalog.media as restrictive to app_service
  using (case when (select app.customer_id()) is null then true
    else exists (select from catalog.product_files f where f.tenant_id = media.tenant_id and f.media_id = media.id) end)
  with check ((select app.customer_id()) is null);
