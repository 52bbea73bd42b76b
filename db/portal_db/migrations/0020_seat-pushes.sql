-- The seats of a month at Pax8 set against contracts in SuperOps: a draft, until a person approves it by its content.
create table portal.seat_pushes (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  region text not null check (region in ('us', 'eu')),
  subdomain text not null,
  -- The first day of the month.
  period date not null check (extract(day from period) = 1),
  state text not null default 'draft' check (state in ('draft', 'approved', 'done', 'rejected')),
  -- Of the lines that are to be sent.
  content_hash text not null,
  prepared_at timestamptz not null,
  prepared_by text not null,
  -- When Pax8 had been read, and what of it and of SuperOps could not be.
  seats_read_at timestamptz not null,
  unreadable_seats integer not null,
  unreadable_contracts integer not null,
  -- How many counts were right already, and how many customers are no clients.
  matching integer not null,
  not_clients integer not null,
  decided_at timestamptz,
  decided_by text,
  reason text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  check ((state = 'draft') = (decided_at is null)),
  check ((decided_at is null) = (decided_by is null)),
  check ((state = 'rejected') = (reason is not null))
);
-- Two that are open at a time would send one change twice.
create unique index seat_pushes_open on portal.seat_pushes (tenant_id, region, subdomain, period)
  where state in ('draft', 'approved');
create trigger touch before update on portal.seat_pushes for each row execute function app.touch();
alter table portal.seat_pushes enable row level security, force row level security;
create policy service on portal.seat_pushes to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on portal.seat_pushes as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update on portal.seat_pushes to app_service;

-- One dated change of one contract, or what keeps a count from being one.
create table portal.seat_push_lines (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  push_id uuid not null,
  customer_id uuid not null,
  customer_name text not null,
  -- The products at Pax8 whose seats it counts.
  products text not null,
  client_id text check (client_id ~ '^[0-9]{1,20}$'),
  contract_id text check (contract_id ~ '^[0-9]{1,20}$'),
  contract_name text,
  item_id text check (item_id ~ '^[0-9]{1,20}$'),
  item_name text,
  effective_on date not null,
  -- What the contract has on that day, and what it is to have.
  before_e6 bigint check (before_e6 >= 0),
  quantity_e6 bigint not null check (quantity_e6 >= 0),
  state text not null check (state in ('waiting', 'sent', 'there', 'refused', 'held')),
  -- Why it is refused or held, as a kind: the words are the service's.
  reason text,
  settled_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, push_id) references portal.seat_pushes (tenant_id, id) deferrable,
  check ((state in ('refused', 'held')) = (reason is not null)),
  check (state = 'held' or num_nonnulls(client_id, contract_id, contract_name, item_id, before_e6) = 5)
);
create index seat_push_lines_push on portal.seat_push_lines (tenant_id, push_id);
alter table portal.seat_push_lines enable row level security, force row level security;
create policy service on portal.seat_push_lines to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on portal.seat_push_lines as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, delete, update (state, reason, settled_at) on portal.seat_push_lines to app_service;
