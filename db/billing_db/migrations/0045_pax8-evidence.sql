-- What Pax8 says beside subscriptions and usage: nothing is billed by it, bills are compared with it. Orders, contacts,
-- prices, invoices and former states of subscriptions are kept as they were said, in versions.
create table billing.pax8_evidence (
  tenant_id uuid not null,
  kind text not null check (kind in ('invoice', 'order', 'contact', 'price', 'history')),
  -- Whose list it is of: a company, a product, a subscription, a month; '' for what is one list.
  subject text not null,
  id text not null,
  body jsonb not null,
  learned_at timestamptz not null default now(),
  effective_from date not null,
  effective_to date check (effective_to > effective_from),
  primary key (tenant_id, kind, subject, id, effective_from)
);
create unique index pax8_evidence_current on billing.pax8_evidence (tenant_id, kind, subject, id) where effective_to is null;
alter table billing.pax8_evidence enable row level security, force row level security;
create policy tenant on billing.pax8_evidence
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.pax8_evidence as restrictive to app_service using ((select app.customer_id()) is null);
grant select on billing.pax8_evidence to app_service, tenant_job;
grant insert (tenant_id, kind, subject, id, body, effective_from), update (body, learned_at, effective_to)
  on billing.pax8_evidence to tenant_job;

-- On which of the tenant's days a list was read last: a sync that stops goes on after it.
create table billing.pax8_evidence_reads (
  tenant_id uuid not null,
  kind text not null,
  subject text not null,
  read_on date not null,
  primary key (tenant_id, kind, subject)
);
alter table billing.pax8_evidence_reads enable row level security, force row level security;
create policy tenant on billing.pax8_evidence_reads
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.pax8_evidence_reads as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert (tenant_id, kind, subject, read_on), update (read_on) on billing.pax8_evidence_reads to tenant_job;

-- What Pax8's invoices say, item by item: final where there is an invoice, what it is going to bill where there is none yet.
-- Items have no id at Pax8; `fingerprint` is all that one says. `cost_e8` is what we pay for all of it.
create table billing.pax8_invoice_items (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  invoice_id uuid,
  invoice_month date not null,
  fingerprint text not null,
  type text not null,
  company_id uuid,
  company_name text not null,
  subscription_id uuid,
  product_id uuid,
  product_name text not null,
  term text not null,
  -- The month that it is for: usage is billed on the next invoice.
  period date not null,
  start_period date,
  end_period date,
  quantity_e6 bigint not null,
  cost_e8 bigint not null,
  currency text not null,
  learned_at timestamptz not null default now(),
  superseded_at timestamptz,
  primary key (tenant_id, id)
);
create unique index pax8_invoice_items_current on billing.pax8_invoice_items
  (tenant_id, invoice_month, invoice_id, fingerprint) nulls not distinct where superseded_at is null;
create index pax8_invoice_items_period on billing.pax8_invoice_items (tenant_id, period) where superseded_at is null;
alter table billing.pax8_invoice_items enable row level security, force row level security;
create policy tenant on billing.pax8_invoice_items
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.pax8_invoice_items as restrictive to app_service using ((select app.customer_id()) is null);
grant select on billing.pax8_invoice_items to app_service, tenant_job;
grant insert (tenant_id, invoice_id, invoice_month, fingerprint, type, company_id, company_name, subscription_id, product_id,
    product_name, term, period, start_period, end_period, quantity_e6, cost_e8, currency), update (superseded_at)
  on billing.pax8_invoice_items to tenant_job;
