-- A person has said that a customer is invoiced by us although SuperOps invoices it, too.
create table billing.superops_choices (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  customer_id uuid not null,
  -- Of one month, by its first day; null for all of them.
  period date,
  chosen_by uuid not null,
  chosen_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint superops_choices_subject unique nulls not distinct (tenant_id, customer_id, period),
  foreign key (tenant_id, customer_id) references billing.customers (tenant_id, id) on delete cascade deferrable
);
alter table billing.superops_choices enable row level security, force row level security;
create policy service on billing.superops_choices to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on billing.superops_choices as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, delete on billing.superops_choices to app_service;
