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
