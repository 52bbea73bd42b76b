-- portal_db: what an MSP keeps about its customers.
create schema portal;
grant usage on schema portal to app_service;

create table portal.customers (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  name text not null check (length(name) between 1 and 256),
  -- By PostgreSQL's own rules, whatever the server's locale: under C lower() knows ASCII alone.
  search_name text not null generated always as (lower(name collate pg_catalog.pg_c_utf8)) stored,
  pax8_company_id uuid,
  -- The name that Pax8 gave: an import renames only what still has it, and leaves alone what a person has renamed.
  imported_name text,
  state text not null default 'active' check (state in ('active', 'archived')),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, pax8_company_id)
);
create index customers_newest on portal.customers (tenant_id, created_at desc, id desc);
create index customers_by_name on portal.customers (tenant_id, search_name collate "C", id);
create trigger touch before update on portal.customers for each row execute function app.touch();
alter table portal.customers enable row level security, force row level security;
create policy service on portal.customers to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on portal.customers as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else id = (select app.customer_id()) end);
grant select, insert, update on portal.customers to app_service;
