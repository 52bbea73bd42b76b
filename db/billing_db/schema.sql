-- billing_db: the vendor's mirror, the ledger and the runs. Amounts are bigint minor units; *_e6 and *_e8 are scaled
-- by 10^6 (quantities) and 10^8 (minor units of a price or a cost with more digits than the currency has).
create schema billing;
grant usage on schema billing to app_service, app_platform, tenant_job;

-- Our copy of portal's customers, brought by its feed; entity_version is the version there.
create table billing.customers (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  pax8_company_id uuid,
  state text not null check (state in ('active', 'archived')),
  entity_version integer not null,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index customers_company on billing.customers (tenant_id, pax8_company_id);
alter table billing.customers enable row level security, force row level security;
create policy service on billing.customers to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy job on billing.customers to tenant_job
  using (tenant_id = (select app.session_tenant())) with check (tenant_id = (select app.session_tenant()));
create policy platform on billing.customers to app_platform using (true) with check (true);
create policy guest on billing.customers as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else id = (select app.customer_id()) end);
grant select on billing.customers to app_service, tenant_job;
grant select, insert, update on billing.customers to app_platform;

-- A tenant's link to a vendor; its credentials are in the vault, never here.
create table billing.connections (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  vendor text not null check (vendor in ('pax8', 'quickbooks')),
  state text not null check (state in ('connected', 'reconnect', 'paused')),
  account text not null,
  detail text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, vendor)
);
create trigger touch before update on billing.connections for each row execute function app.touch();
alter table billing.connections enable row level security, force row level security;
create policy service on billing.connections to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy job on billing.connections to tenant_job
  using (tenant_id = (select app.session_tenant())) with check (tenant_id = (select app.session_tenant()));
create policy platform on billing.connections to app_platform using (true) with check (false);
create policy guest on billing.connections as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update on billing.connections to app_service;
grant select on billing.connections to tenant_job;
grant select (tenant_id, vendor, state) on billing.connections to app_platform;

-- Work that one process at a time may do for a tenant, such as trading a refresh token that dies with its use.
create table billing.leases (
  tenant_id uuid not null,
  name text not null,
  holder uuid not null,
  held_until timestamptz not null,
  primary key (tenant_id, name)
);
alter table billing.leases enable row level security, force row level security;
create policy service on billing.leases to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on billing.leases as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.leases to app_service;

-- How a cost becomes a price: the rule of the customer and product first, then of either, then the general one.
create table billing.price_rules (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  customer_id uuid,
  product_id uuid,
  kind text not null check (kind in ('markup', 'fixed')),
  markup_ppm integer check (markup_ppm between -1000000 and 100000000),
  unit_price_e8 bigint check (unit_price_e8 >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  valid_from date not null default '2000-01-01',
  valid_to date,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references billing.customers (tenant_id, id) deferrable,
  check ((kind = 'markup') = (markup_ppm is not null)),
  check ((kind = 'fixed') = (unit_price_e8 is not null and currency is not null)),
  check (valid_to > valid_from)
);
create trigger touch before update on billing.price_rules for each row execute function app.touch();
alter table billing.price_rules enable row level security, force row level security;
create policy service on billing.price_rules to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy job on billing.price_rules to tenant_job
  using (tenant_id = (select app.session_tenant())) with check (tenant_id = (select app.session_tenant()));
create policy guest on billing.price_rules as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.price_rules to app_service;
grant select on billing.price_rules to tenant_job;

-- One execution of a job. fence grows with every start of that job: a write under an older one is refused.
create table billing.runs (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  job text not null check (job in ('usage-sync', 'invoice-run', 'reconcile')),
  period date,
  fence bigint not null,
  state text not null default 'running' check (state in ('running', 'done', 'failed', 'needs-person')),
  code text,
  detail text,
  counts jsonb not null default '{}',
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, job, fence)
);
create index runs_newest on billing.runs (tenant_id, started_at desc, id desc);
alter table billing.runs enable row level security, force row level security;
create policy service on billing.runs to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy job on billing.runs to tenant_job
  using (tenant_id = (select app.session_tenant())) with check (tenant_id = (select app.session_tenant()));
create policy guest on billing.runs as restrictive to app_service using ((select app.customer_id()) is null);
grant select on billing.runs to app_service;
grant select, insert, update on billing.runs to tenant_job;

create table billing.pax8_companies (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  status text not null,
  learned_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
alter table billing.pax8_companies enable row level security, force row level security;
create policy service on billing.pax8_companies to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy job on billing.pax8_companies to tenant_job
  using (tenant_id = (select app.session_tenant())) with check (tenant_id = (select app.session_tenant()));
create policy guest on billing.pax8_companies as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else id in
    (select c.pax8_company_id from billing.customers c where c.id = (select app.customer_id())) end);
grant select on billing.pax8_companies to app_service;
grant select, insert, update, delete on billing.pax8_companies to tenant_job;

-- What held from which day on; the open version is what Pax8 says now.
create table billing.pax8_subscriptions (
  tenant_id uuid not null,
  id uuid not null,
  company_id uuid not null,
  product_id uuid not null,
  product_name text not null,
  quantity_e6 bigint not null,
  status text not null,
  billing_term text not null,
  start_date date not null,
  end_date date,
  price_e8 bigint not null,
  cost_e8 bigint,
  currency text not null,
  learned_at timestamptz not null default now(),
  effective_from date not null,
  effective_to date check (effective_to > effective_from),
  primary key (tenant_id, id, effective_from)
);
create unique index pax8_subscriptions_current on billing.pax8_subscriptions (tenant_id, id) where effective_to is null;
create index pax8_subscriptions_company on billing.pax8_subscriptions (tenant_id, company_id);
alter table billing.pax8_subscriptions enable row level security, force row level security;
create policy service on billing.pax8_subscriptions to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy job on billing.pax8_subscriptions to tenant_job
  using (tenant_id = (select app.session_tenant())) with check (tenant_id = (select app.session_tenant()));
create policy guest on billing.pax8_subscriptions as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else company_id in
    (select c.pax8_company_id from billing.customers c where c.id = (select app.customer_id())) end);
grant select on billing.pax8_subscriptions to app_service;
grant select, insert, update on billing.pax8_subscriptions to tenant_job;

-- A day's usage as Pax8 told it; a day read again and found different supersedes the earlier reading, which stays.
create table billing.pax8_usage_lines (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  summary_id uuid not null,
  subscription_id uuid not null,
  company_id uuid not null,
  usage_date date not null,
  product_id uuid not null,
  product_name text not null,
  resource_group text not null default '',
  unit_of_measure text not null default '',
  quantity_e6 bigint not null,
  partner_total_e8 bigint not null,
  current_charges_e8 bigint not null,
  currency text not null,
  is_trial boolean not null,
  learned_at timestamptz not null default now(),
  superseded_at timestamptz,
  primary key (tenant_id, id)
);
create unique index pax8_usage_lines_current on billing.pax8_usage_lines
  (tenant_id, summary_id, usage_date, product_id, resource_group, unit_of_measure, currency, is_trial)
  where superseded_at is null;
create index pax8_usage_lines_subscription on billing.pax8_usage_lines (tenant_id, subscription_id, usage_date)
  where superseded_at is null;
create index pax8_usage_lines_company on billing.pax8_usage_lines (tenant_id, company_id, usage_date) where superseded_at is null;
create index pax8_usage_lines_newest on billing.pax8_usage_lines (tenant_id, usage_date desc, id desc) where superseded_at is null;
alter table billing.pax8_usage_lines enable row level security, force row level security;
create policy service on billing.pax8_usage_lines to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy job on billing.pax8_usage_lines to tenant_job
  using (tenant_id = (select app.session_tenant())) with check (tenant_id = (select app.session_tenant()));
create policy guest on billing.pax8_usage_lines as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else company_id in
    (select c.pax8_company_id from billing.customers c where c.id = (select app.customer_id())) end);
grant select on billing.pax8_usage_lines to app_service;
grant select, insert, update on billing.pax8_usage_lines to tenant_job;

-- Which days of a summary a sync has read, so that one that was killed goes on where it was.
create table billing.pax8_usage_reads (
  tenant_id uuid not null,
  summary_id uuid not null,
  read_from date not null,
  read_to date not null,
  read_at timestamptz not null default now(),
  primary key (tenant_id, summary_id)
);
alter table billing.pax8_usage_reads enable row level security, force row level security;
create policy service on billing.pax8_usage_reads to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy job on billing.pax8_usage_reads to tenant_job
  using (tenant_id = (select app.session_tenant())) with check (tenant_id = (select app.session_tenant()));
create policy guest on billing.pax8_usage_reads as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.pax8_usage_reads to tenant_job;

-- Numbers that must be dense per tenant, such as document numbers.
create table billing.counters (
  tenant_id uuid not null,
  name text not null,
  value bigint not null,
  primary key (tenant_id, name)
);
alter table billing.counters enable row level security, force row level security;
create policy service on billing.counters to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on billing.counters as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update on billing.counters to app_service;

create table billing.invoices (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  customer_id uuid not null,
  customer_name text not null,
  period_start date not null,
  period_end date not null,
  currency text not null,
  total_minor bigint not null,
  content_hash text not null,
  status text not null default 'draft' check (status in ('draft', 'approved', 'posting', 'posted', 'in-doubt', 'failed')),
  approved_by uuid,
  approved_hash text,
  approved_at timestamptz,
  run_id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, customer_id, period_start, currency),
  foreign key (tenant_id, customer_id) references billing.customers (tenant_id, id) deferrable,
  foreign key (tenant_id, run_id) references billing.runs (tenant_id, id) deferrable,
  check (period_end > period_start),
  constraint invoices_approved_check check (status = 'draft' or (approved_hash is not null and approved_hash = content_hash))
);
create index invoices_newest on billing.invoices (tenant_id, created_at desc, id desc);
alter table billing.invoices enable row level security, force row level security;
create policy service on billing.invoices to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy job on billing.invoices to tenant_job
  using (tenant_id = (select app.session_tenant())) with check (tenant_id = (select app.session_tenant()));
-- What a customer's people see is what was posted: a draft is the MSP's own business.
create policy guest on billing.invoices as restrictive to app_service
  using (case when (select app.customer_id()) is null then true
    else customer_id = (select app.customer_id()) and status = 'posted' end);
grant select, update on billing.invoices to app_service;
grant select, insert, update, delete on billing.invoices to tenant_job;

create table billing.invoice_lines (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  invoice_id uuid not null,
  position integer not null,
  source_key text not null,
  description text not null,
  quantity_e6 bigint not null,
  unit_price_e8 bigint not null,
  amount_minor bigint not null,
  cost_minor bigint,
  explanation jsonb not null,
  primary key (tenant_id, id),
  unique (tenant_id, source_key),
  unique (tenant_id, invoice_id, position),
  foreign key (tenant_id, invoice_id) references billing.invoices (tenant_id, id) on delete cascade deferrable
);
alter table billing.invoice_lines enable row level security, force row level security;
create policy service on billing.invoice_lines to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy job on billing.invoice_lines to tenant_job
  using (tenant_id = (select app.session_tenant())) with check (tenant_id = (select app.session_tenant()));
create policy guest on billing.invoice_lines as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else invoice_id in
    (select i.id from billing.invoices i where i.customer_id = (select app.customer_id()) and i.status = 'posted') end);
grant select on billing.invoice_lines to app_service;
grant select, insert, delete on billing.invoice_lines to tenant_job;

-- Posted rows never change; only the end of the whole tenant removes them.
create function billing.guard_posted() returns trigger language plpgsql set search_path = ''
  as $$
    begin
      if old.status = 'posted' and current_user <> 'legendops_owner' then
        raise exception 'a posted invoice never changes' using errcode = 'restrict_violation';
      end if;
      if tg_op = 'DELETE' then
        return old;
      end if;
      new.version := old.version + 1;
      new.updated_at := pg_catalog.clock_timestamp();
      return new;
    end
  $$;
grant execute on function billing.guard_posted() to app_service, tenant_job;
create trigger guard_posted before update or delete on billing.invoices for each row execute function billing.guard_posted();

create function billing.guard_posted_lines() returns trigger language plpgsql set search_path = ''
  as $$
    begin
      if current_user <> 'legendops_owner' and exists (select from billing.invoices i
          where i.tenant_id = coalesce(new.tenant_id, old.tenant_id) and i.id = coalesce(new.invoice_id, old.invoice_id)
            and i.status <> 'draft') then
        raise exception 'the lines of an approved invoice never change' using errcode = 'restrict_violation';
      end if;
      return coalesce(new, old);
    end
  $$;
grant execute on function billing.guard_posted_lines() to app_service, tenant_job;
create trigger guard_posted_lines before insert or update or delete on billing.invoice_lines
  for each row execute function billing.guard_posted_lines();

-- Exists before the call to QuickBooks: whatever happens to the call, request_id and doc_number find its outcome.
create table billing.postings (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  invoice_id uuid not null,
  generation integer not null,
  request_id text not null check (length(request_id) <= 36),
  doc_number text not null check (length(doc_number) <= 21),
  realm_id text not null,
  state text not null default 'posting' check (state in ('posting', 'posted', 'in-doubt', 'failed')),
  remote_id text,
  remote_sync_token text,
  code text,
  detail text,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  realm_name text not null default '',
  sent_at timestamptz,
  claimed_until timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, invoice_id, generation),
  unique (tenant_id, request_id),
  unique (tenant_id, doc_number, generation),
  foreign key (tenant_id, invoice_id) references billing.invoices (tenant_id, id) deferrable,
  check ((state = 'posted') = (remote_id is not null))
);
create index postings_due on billing.postings (next_attempt_at) where state in ('posting', 'in-doubt');
create trigger touch before update on billing.postings for each row execute function app.touch();
alter table billing.postings enable row level security, force row level security;
create policy service on billing.postings to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy job on billing.postings to tenant_job
  using (tenant_id = (select app.session_tenant())) with check (tenant_id = (select app.session_tenant()));
create policy platform on billing.postings to app_platform using (true) with check (false);
create policy guest on billing.postings as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else invoice_id in
    (select i.id from billing.invoices i where i.customer_id = (select app.customer_id()) and i.status = 'posted') end);
grant select, insert, update on billing.postings to app_service;
grant select on billing.postings to tenant_job, app_platform;

-- Which customer of QuickBooks is ours, once known: a name changes on either side, an id does not.
create table billing.quickbooks_customers (
  tenant_id uuid not null,
  customer_id uuid not null,
  realm_id text not null,
  remote_id text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, customer_id, realm_id),
  constraint quickbooks_customers_remote unique (tenant_id, realm_id, remote_id),
  foreign key (tenant_id, customer_id) references billing.customers (tenant_id, id) deferrable
);
alter table billing.quickbooks_customers enable row level security, force row level security;
create policy service on billing.quickbooks_customers to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on billing.quickbooks_customers as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.quickbooks_customers to app_service;

-- What a run could not bill and a person must look at; resolved when a later run no longer finds it.
create table billing.exceptions (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  run_id uuid not null,
  subject_key text not null,
  code text not null,
  customer_id uuid,
  detail text not null,
  next_step text not null,
  first_seen_at timestamptz not null default now(),
  resolved_at timestamptz,
  period date,
  dismissed_at timestamptz,
  dismissed_by uuid,
  -- The money that it is about, where anybody can say: a worklist begins with the most expensive cause.
  amount_minor bigint,
  currency text,
  primary key (tenant_id, id),
  constraint exceptions_amount_check check ((amount_minor is null) = (currency is null)),
  foreign key (tenant_id, run_id) references billing.runs (tenant_id, id) deferrable
);
create unique index exceptions_open on billing.exceptions (tenant_id, subject_key, code, period) nulls not distinct
  where resolved_at is null;
create index exceptions_newest on billing.exceptions (tenant_id, first_seen_at desc, id desc);
alter table billing.exceptions enable row level security, force row level security;
create policy service on billing.exceptions to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy job on billing.exceptions to tenant_job
  using (tenant_id = (select app.session_tenant())) with check (tenant_id = (select app.session_tenant()));
create policy guest on billing.exceptions as restrictive to app_service using ((select app.customer_id()) is null);
grant select, update (dismissed_at, dismissed_by) on billing.exceptions to app_service;
grant select, insert, update on billing.exceptions to tenant_job;

-- How the connections of these tenants are, for the operator's condition IntegrationsReady: one call for all. It sees what
-- the policy lets it see of one tenant after the other, by three columns.
create policy registry on billing.connections to app_registry
  using (tenant_id = (select app.tenant_id())) with check (false);
grant usage on schema billing to app_registry;
grant select (tenant_id, vendor, state) on billing.connections to app_registry;
create function app.integration_states(p_tenants uuid[]) returns table (tenant_id uuid, vendor text, state text)
  language plpgsql set search_path = ''
  as $$
    declare
      asked uuid;
    begin
      foreach asked in array p_tenants loop
        perform pg_catalog.set_config('app.tenant_id', asked::text, true);
        return query select c.tenant_id, c.vendor, c.state from billing.connections c where c.tenant_id = asked;
      end loop;
      perform pg_catalog.set_config('app.tenant_id', '', true);
    end
  $$;
grant execute on function app.integration_states(uuid[]) to app_registry;
