-- A SKU whatever the case of its letters: two that differ in that alone are one to whoever types them. Not unique, since a catalog
-- of before may hold both.
alter table catalog.products add column sku_key text generated always as (lower(sku)) stored;
create index products_by_sku on catalog.products (tenant_id, sku_key);

-- What the previews and icons of a version's masters weigh: they count as what the tenant keeps.
alter table catalog.stencil_versions add column picture_bytes bigint not null default 0 check (picture_bytes >= 0);
alter table catalog.stencil_versions no force row level security;
alter table catalog.stencil_masters no force row level security;
update catalog.stencil_versions v set picture_bytes = coalesce((
  select sum(octet_length(m.preview) + coalesce(octet_length(m.icon), 0)) from catalog.stencil_masters m
  where m.tenant_id = v.tenant_id and m.stencil_id = v.stencil_id and m.number = v.number), 0);
alter table catalog.stencil_versions force row level security;
alter table catalog.stencil_masters force row level security;
