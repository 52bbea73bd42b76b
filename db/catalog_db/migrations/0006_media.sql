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
create policy guest on catalog.media as restrictive to app_service using ((select app.customer_id()) is null);
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
