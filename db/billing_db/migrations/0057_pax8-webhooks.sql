-- What Pax8 tells us of changes, once a person has turned that on.
create table billing.pax8_webhooks (
  tenant_id uuid not null,
  -- In the address that Pax8 calls, after the tenant.
  id uuid not null default app.uuid_v7(),
  -- The webhook at Pax8; null until Pax8 has made it.
  remote_id text,
  -- SHA-256 of the value that Pax8 sends with each event, by which it is known. The value itself is kept nowhere.
  authorization_hash bytea not null,
  turned_on_by uuid not null,
  turned_on_at timestamptz not null default now(),
  last_event_at timestamptz,
  primary key (tenant_id)
);
alter table billing.pax8_webhooks enable row level security, force row level security;
create policy service on billing.pax8_webhooks to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on billing.pax8_webhooks as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.pax8_webhooks to app_service;

-- Subscriptions of which Pax8 has said that something has changed: the next sync reads each by its id, whatever its list leaves out.
create table billing.pax8_hints (
  tenant_id uuid not null,
  subscription_id uuid not null,
  hinted_at timestamptz not null default now(),
  read_at timestamptz,
  primary key (tenant_id, subscription_id)
);
alter table billing.pax8_hints enable row level security, force row level security;
create policy tenant on billing.pax8_hints
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.pax8_hints as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.pax8_hints to app_service;
grant select, update (read_at) on billing.pax8_hints to tenant_job;
