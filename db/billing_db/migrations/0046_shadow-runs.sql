-- A past month as it would have been billed here, set against the invoices that are in QuickBooks: for a person to read, and
-- for nothing else.
create table billing.shadow_runs (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  period date not null check (extract(day from period) = 1),
  -- Between which days, both included, the invoices of QuickBooks are dated.
  dated_from date not null,
  dated_to date not null,
  realm_id text not null,
  started_by uuid not null,
  -- Sums and counts, as they are shown.
  result jsonb not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  check (dated_to >= dated_from)
);
create index shadow_runs_newest on billing.shadow_runs (tenant_id, created_at desc, id desc);
alter table billing.shadow_runs enable row level security, force row level security;
create policy service on billing.shadow_runs to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on billing.shadow_runs as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert on billing.shadow_runs to app_service;

create table billing.shadow_lines (
  tenant_id uuid not null,
  shadow_run_id uuid not null,
  position integer not null,
  outcome text not null check (outcome in ('matched', 'amount-differs', 'ours-only', 'theirs-only')),
  customer_id uuid not null,
  customer_name text not null,
  currency text not null,
  our_description text,
  our_minor bigint,
  quickbooks_id text,
  doc_number text,
  their_description text,
  their_minor bigint,
  -- By what the two were taken for one.
  paired_by text check (paired_by in ('words', 'product', 'amount')),
  primary key (tenant_id, shadow_run_id, position),
  foreign key (tenant_id, shadow_run_id) references billing.shadow_runs (tenant_id, id) on delete cascade deferrable
);
alter table billing.shadow_lines enable row level security, force row level security;
create policy service on billing.shadow_lines to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on billing.shadow_lines as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert on billing.shadow_lines to app_service;
