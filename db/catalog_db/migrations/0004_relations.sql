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
