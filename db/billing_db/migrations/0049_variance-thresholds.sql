-- From which money on a difference between Pax8, our invoices and QuickBooks is told on the worklist: from an amount on, or
-- from a share of what is billed of the same customer or product. A currency without a row has what is usual.
create table billing.variance_thresholds (
  tenant_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount_minor bigint not null check (amount_minor >= 0),
  share_ppm integer check (share_ppm between 1 and 1000000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, currency)
);
alter table billing.variance_thresholds enable row level security, force row level security;
create policy tenant on billing.variance_thresholds
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.variance_thresholds as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update on billing.variance_thresholds to app_service;
grant select on billing.variance_thresholds to tenant_job;
