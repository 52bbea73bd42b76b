-- Which ticket in SuperOps an exception of billing's worklist has: a person's word, for one account.
create table portal.exception_tickets (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  exception_id uuid not null,
  region text not null check (region in ('us', 'eu')),
  subdomain text not null,
  ticket_id text not null check (ticket_id ~ '^[0-9]{1,20}$'),
  -- As they were when it was linked: an exception goes once its cause is gone.
  subject text not null,
  detail text not null,
  customer_id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint exception_tickets_one_ticket unique (tenant_id, exception_id),
  foreign key (tenant_id, customer_id) references portal.customers (tenant_id, id) deferrable
);
create index exception_tickets_ticket on portal.exception_tickets (tenant_id, ticket_id);
create index exception_tickets_customer on portal.exception_tickets (tenant_id, customer_id);
create trigger touch before update on portal.exception_tickets for each row execute function app.touch();
alter table portal.exception_tickets enable row level security, force row level security;
create policy service on portal.exception_tickets to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on portal.exception_tickets as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on portal.exception_tickets to app_service;
