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
create policy tenant on billing.customers
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy platform on billing.customers to app_platform using (true) with check (true);
create policy guest on billing.customers as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else id = (select app.customer_id()) end);
grant select on billing.customers to app_service, tenant_job;
grant select, insert, update on billing.customers to app_platform;

-- An account of a vendor and the one tenant that it belongs to: a QuickBooks company by its realm; a Pax8 partner by its client
-- id and by every company that it lists, since no answer of Pax8's names the partner and each may have many client ids.
create table billing.vendor_accounts (
  tenant_id uuid not null,
  vendor text not null check (vendor in ('pax8', 'pax8-company', 'quickbooks')),
  account text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, vendor, account)
);
create unique index vendor_accounts_one_tenant on billing.vendor_accounts (vendor, account);
alter table billing.vendor_accounts enable row level security, force row level security;
create policy tenant on billing.vendor_accounts
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy holders on billing.vendor_accounts to legendops_owner using (true) with check (false);
create policy guest on billing.vendor_accounts as restrictive to app_service using ((select app.customer_id()) is null);
grant select, delete on billing.vendor_accounts to app_service;

-- A tenant's link to a vendor; its credentials are in the vault, never here.
create table billing.connections (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  vendor text not null check (vendor in ('pax8', 'quickbooks')),
  state text not null check (state in ('connected', 'reconnect', 'paused')),
  account text not null,
  -- Of the version before, whose programs run on while this one is rolled out; the next version drops it.
  detail text not null default '',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  -- What the vendor calls the account, where it says; and why the connection does not work.
  account_name text,
  failure text,
  unique (tenant_id, vendor),
  constraint connections_account foreign key (tenant_id, vendor, account)
    references billing.vendor_accounts (tenant_id, vendor, account) deferrable,
  constraint connections_failure_check check (state <> 'connected' or failure is null)
);
create trigger touch before update on billing.connections for each row execute function app.touch();
alter table billing.connections enable row level security, force row level security;
create policy tenant on billing.connections
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy platform on billing.connections to app_platform using (true) with check (false);
create policy guest on billing.connections as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.connections to app_service;
grant select on billing.connections to tenant_job;
grant select (tenant_id, vendor, state, account) on billing.connections to app_platform;

-- Makes accounts the caller's tenant's, and returns those that were not yet. One that another tenant holds is a violation of
-- vendor_accounts_one_tenant, which tells nothing of the holder; whose tenant is retained gives it up to who has it now.
create function billing.claim_accounts(p_vendor text, p_accounts text[]) returns text[]
  language plpgsql security definer set search_path = ''
  as $$
    declare
      own constant uuid := app.own_tenant();
      gone uuid;
      claimed text[];
    begin
      for gone in
        select distinct a.tenant_id from billing.vendor_accounts a join app.tenants t on t.id = a.tenant_id
        where a.vendor = p_vendor and a.account = any (p_accounts) and a.tenant_id <> own and t.state = 'retained'
      loop
        perform pg_catalog.set_config('app.tenant_id', gone::text, true);
        delete from billing.connections c
          where c.tenant_id = gone and c.vendor = pg_catalog.split_part(p_vendor, '-', 1);
        delete from billing.vendor_accounts a
          where a.tenant_id = gone and pg_catalog.split_part(a.vendor, '-', 1) = pg_catalog.split_part(p_vendor, '-', 1);
      end loop;
      perform pg_catalog.set_config('app.tenant_id', own::text, true);
      with added as (
        insert into billing.vendor_accounts (tenant_id, vendor, account)
          select own, p_vendor, wanted from pg_catalog.unnest(p_accounts) wanted
          on conflict (tenant_id, vendor, account) do nothing
          returning account
      )
      select pg_catalog.array_agg(account) into claimed from added;
      return coalesce(claimed, '{}');
    end
  $$;
grant execute on function billing.claim_accounts(text, text[]) to app_service;

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
  kind text not null check (kind in ('markup', 'margin', 'fixed', 'flat', 'volume', 'graduated', 'free')),
  markup_ppm integer check (markup_ppm between -1000000 and 100000000),
  unit_price_e8 bigint check (unit_price_e8 >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  valid_from date not null default '2000-01-01',
  valid_to date,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- What the price is for; null for any, and for prices from before they named it.
  billing_term text check (billing_term in ('Monthly', 'Annual', '2-Year', '3-Year', 'One-Time', 'usage')),
  margin_ppm integer check (margin_ppm between -1000000 and 999999),
  -- [{"upTo": quantity × 10^6 or null, "unitPrice": × 10^8, "flat": minor units}], as texts.
  tiers jsonb,
  discount_ppm integer not null default 0 check (discount_ppm between 0 and 1000000),
  floor_price_e8 bigint,
  floor_margin_e8 bigint,
  rounding text not null default 'line' check (rounding in ('line', 'unit')),
  minimum_minor bigint,
  setup_minor bigint,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references billing.customers (tenant_id, id) deferrable,
  check (valid_to > valid_from),
  constraint price_rules_floors_check check (floor_price_e8 >= 0 and floor_margin_e8 >= 0),
  -- What is paid in advance is of no month, and so is no part of a month's least.
  constraint price_rules_minimum_check
    check (minimum_minor is null or minimum_minor > 0 and (billing_term is null or billing_term in ('Monthly', 'usage'))),
  constraint price_rules_setup_check check (setup_minor > 0),
  constraint price_rules_markup_check check ((kind = 'markup') = (markup_ppm is not null)),
  constraint price_rules_margin_check check ((kind = 'margin') = (margin_ppm is not null)),
  constraint price_rules_price_check check ((kind in ('fixed', 'flat')) = (unit_price_e8 is not null)),
  constraint price_rules_tiers_check check ((kind in ('volume', 'graduated')) = (tiers is not null)),
  constraint price_rules_currency_needed_check check (currency is not null or coalesce(unit_price_e8, floor_price_e8,
    floor_margin_e8, minimum_minor, setup_minor) is null and tiers is null)
);
create trigger touch before update on billing.price_rules for each row execute function app.touch();
alter table billing.price_rules enable row level security, force row level security;
create policy tenant on billing.price_rules
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.price_rules as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.price_rules to app_service;
grant select on billing.price_rules to tenant_job;

-- How days of a month become a share of its price, from a month on; actual days where nothing is said.
create table billing.prorations (
  tenant_id uuid not null,
  valid_from date not null check (extract(day from valid_from) = 1),
  proration text not null check (proration in ('actual', 'thirty-actual', 'thirty-360')),
  created_at timestamptz not null default now(),
  primary key (tenant_id, valid_from)
);
alter table billing.prorations enable row level security, force row level security;
create policy tenant on billing.prorations
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.prorations as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.prorations to app_service;
grant select on billing.prorations to tenant_job;

-- A tenant's job may write what it is for, column by column, and nothing that is a person's: DELETE and UPDATE on a whole
-- table would also let it lock the table against every other tenant (LOCK TABLE … IN ACCESS EXCLUSIVE MODE).

-- One execution of a job. fence grows with every start of that job: a write under an older one is refused. session is the
-- process id of the session that the job keeps open as long as it runs.
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
  session integer,
  primary key (tenant_id, id),
  unique (tenant_id, job, fence)
);
create index runs_newest on billing.runs (tenant_id, started_at desc, id desc);
-- One run of a job at a time: of two that begin at once the second is refused.
create unique index runs_running on billing.runs (tenant_id, job) where state = 'running';
create index runs_finished on billing.runs (finished_at);
create index runs_succeeded on billing.runs (tenant_id, job, finished_at desc) where state = 'done';
alter table billing.runs enable row level security, force row level security;
create policy tenant on billing.runs
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy platform on billing.runs to app_platform using (true) with check (false);
create policy guest on billing.runs as restrictive to app_service using ((select app.customer_id()) is null);
grant select on billing.runs to app_service;
grant select on billing.runs to tenant_job;
grant insert (tenant_id, job, period, fence, session, started_at), update (state, code, detail, counts, finished_at)
  on billing.runs to tenant_job;
-- Monitoring counts over all tenants, by column: no name, no amount, no text.
grant select (tenant_id, job, state, finished_at) on billing.runs to app_platform;
-- How a run ended is history.
create function billing.guard_ended_run() returns trigger language plpgsql set search_path = ''
  as $$
    begin
      if old.state <> 'running' and app.session_tenant() is not null then
        raise exception 'a run that has ended never changes' using errcode = 'restrict_violation';
      end if;
      return new;
    end
  $$;
grant execute on function billing.guard_ended_run() to tenant_job;
create trigger guard_ended_run before update on billing.runs for each row execute function billing.guard_ended_run();

-- The months that a tenant bills, each since its first one, and what became of it. A month that is over and whose row says 'due',
-- or that has none yet, waits for a run. asked_at: it is not to wait for the run of the month, the next job takes it; since a
-- person asked (asked_by), or since a run has begun it and not finished.
create table billing.periods (
  tenant_id uuid not null,
  period date not null check (extract(day from period) = 1),
  state text not null default 'due' check (state in ('due', 'run', 'skipped', 'closed')),
  -- The run that has done it last, and on which of the tenant's days the first one did.
  run_id uuid,
  run_on date,
  asked_at timestamptz,
  asked_by uuid,
  -- Of a person who has skipped it.
  reason text,
  decided_by uuid,
  decided_at timestamptz,
  -- What a skipped or a closed month leaves unbilled: [{amountMinor, currency}].
  left_open jsonb not null default '[]',
  primary key (tenant_id, period),
  foreign key (tenant_id, run_id) references billing.runs (tenant_id, id) deferrable,
  constraint periods_run_check check (state not in ('run', 'closed') or run_on is not null),
  constraint periods_skipped_check check ((state = 'skipped') = (reason is not null and decided_by is not null and decided_at is not null))
);
alter table billing.periods enable row level security, force row level security;
create policy tenant on billing.periods
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.periods as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert (tenant_id, period),
  update (state, asked_at, asked_by, reason, decided_by, decided_at, left_open) on billing.periods to app_service;
grant select, insert (tenant_id, period), update (state, run_id, run_on, asked_at, asked_by, left_open)
  on billing.periods to tenant_job;
-- A job runs and closes a month; whether one is skipped or billed after all a person says.
create function billing.guard_period() returns trigger language plpgsql set search_path = ''
  as $$
    begin
      if new.state <> old.state and (
          app.session_tenant() is not null and (old.state, new.state) not in (('due', 'run'), ('run', 'closed'))
          or current_user = 'app_service' and (old.state, new.state) not in
            (('due', 'skipped'), ('skipped', 'due'), ('closed', 'due'))) then
        raise exception 'a period does not go from % to %', old.state, new.state using errcode = 'restrict_violation';
      end if;
      return new;
    end
  $$;
grant execute on function billing.guard_period() to app_service, tenant_job;
create trigger guard_period before update on billing.periods for each row execute function billing.guard_period();

-- As audit_run: from the row itself.
create function billing.audit_closed_period() returns trigger language plpgsql security definer set search_path = ''
  as $$
    begin
      perform app.append_audit(new.tenant_id, 'period.closed',
        pg_catalog.jsonb_build_object('kind', 'job', 'id', null, 'name', 'invoice-run', 'email', null),
        pg_catalog.jsonb_build_object('type', 'period', 'id', pg_catalog.to_char(new.period, 'YYYY-MM'),
          'name', pg_catalog.to_char(new.period, 'YYYY-MM')),
        '[]');
      return null;
    end
  $$;
create trigger audit after update of state on billing.periods for each row
  when (old.state = 'run' and new.state = 'closed') execute function billing.audit_closed_period();

create table billing.pax8_companies (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  status text not null,
  learned_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
alter table billing.pax8_companies enable row level security, force row level security;
create policy tenant on billing.pax8_companies
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.pax8_companies as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else id in
    (select c.pax8_company_id from billing.customers c where c.id = (select app.customer_id())) end);
grant select on billing.pax8_companies to app_service;
grant select on billing.pax8_companies to tenant_job;
grant insert (tenant_id, id, name, status), update (name, status, learned_at) on billing.pax8_companies to tenant_job;

-- A company of the mirror is its partner's: the tenant that has one is the only one.
create function billing.claim_company() returns trigger language plpgsql security definer set search_path = ''
  as $$
    begin
      perform billing.claim_accounts('pax8-company', array[new.id::text]);
      return null;
    end
  $$;
create trigger claim_company after insert on billing.pax8_companies for each row execute function billing.claim_company();

create function billing.free_company() returns trigger language plpgsql security definer set search_path = ''
  as $$
    begin
      delete from billing.vendor_accounts a
        where a.tenant_id = old.tenant_id and a.vendor = 'pax8-company' and a.account = old.id::text;
      return null;
    end
  $$;
create trigger free_company after delete on billing.pax8_companies for each row execute function billing.free_company();

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
  -- The day on which Pax8 listed it first; null for what was there before days were written down.
  listed_on date,
  commitment_id uuid,
  commitment_term text,
  commitment_end date,
  -- What may be given back before its end; null where Pax8 does not say.
  commitment_decrease boolean,
  commitment_cancellation boolean,
  commitment_fee boolean,
  primary key (tenant_id, id, effective_from)
);
create unique index pax8_subscriptions_current on billing.pax8_subscriptions (tenant_id, id) where effective_to is null;
create index pax8_subscriptions_company on billing.pax8_subscriptions (tenant_id, company_id);
alter table billing.pax8_subscriptions enable row level security, force row level security;
create policy tenant on billing.pax8_subscriptions
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.pax8_subscriptions as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else company_id in
    (select c.pax8_company_id from billing.customers c where c.id = (select app.customer_id())) end);
grant select on billing.pax8_subscriptions to app_service;
grant select on billing.pax8_subscriptions to tenant_job;
grant insert (tenant_id, id, company_id, product_id, product_name, quantity_e6, status, billing_term, start_date, end_date,
    price_e8, cost_e8, currency, effective_from, listed_on, commitment_id, commitment_term, commitment_end,
    commitment_decrease, commitment_cancellation, commitment_fee),
  update (company_id, product_id, product_name, quantity_e6, status, billing_term, start_date, end_date, price_e8, cost_e8,
    currency, learned_at, effective_to, commitment_id, commitment_term, commitment_end, commitment_decrease,
    commitment_cancellation, commitment_fee)
  on billing.pax8_subscriptions to tenant_job;

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
create policy tenant on billing.pax8_usage_lines
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.pax8_usage_lines as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else company_id in
    (select c.pax8_company_id from billing.customers c where c.id = (select app.customer_id())) end);
grant select on billing.pax8_usage_lines to app_service;
grant select on billing.pax8_usage_lines to tenant_job;
grant insert (tenant_id, summary_id, subscription_id, company_id, usage_date, product_id, product_name, resource_group,
    unit_of_measure, quantity_e6, partner_total_e8, current_charges_e8, currency, is_trial),
  update (superseded_at)
  on billing.pax8_usage_lines to tenant_job;

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
create policy tenant on billing.pax8_usage_reads
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.pax8_usage_reads as restrictive to app_service using ((select app.customer_id()) is null);
grant select on billing.pax8_usage_reads to tenant_job;
grant insert (tenant_id, summary_id, read_from, read_to, read_at), update (read_from, read_to, read_at)
  on billing.pax8_usage_reads to tenant_job;

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
  -- Of an order. What is within a document cannot be looked up by an index under row level security.
  company_id text generated always as (case when kind = 'order' then body ->> 'companyId' end) stored,
  ordered_on text collate "C" generated always as (case when kind = 'order' then body ->> 'createdDate' end) stored,
  primary key (tenant_id, kind, subject, id, effective_from)
);
create unique index pax8_evidence_current on billing.pax8_evidence (tenant_id, kind, subject, id) where effective_to is null;
-- The orders of one customer, the newest first: a page reads those and no others.
create index pax8_evidence_orders on billing.pax8_evidence (tenant_id, company_id, ordered_on desc, id collate "C" desc)
  where kind = 'order' and subject = '' and effective_to is null;
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

-- Which days of usage a finished sync has read, and the last time on which of the tenant's days: a month is complete when all
-- its days were read after its end, whatever a later sync does.
create table billing.usage_days (
  tenant_id uuid not null,
  day date not null,
  read_on date not null,
  primary key (tenant_id, day)
);
alter table billing.usage_days enable row level security, force row level security;
create policy tenant on billing.usage_days
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.usage_days as restrictive to app_service using ((select app.customer_id()) is null);
grant select on billing.usage_days to app_service;
grant select, insert (tenant_id, day, read_on), update (read_on) on billing.usage_days to tenant_job;

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
  status text not null default 'draft'
    check (status in ('draft', 'approved', 'posting', 'posted', 'in-doubt', 'failed', 'settled', 'rejected', 'voided')),
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
  kind text not null generated always as (case when total_minor < 0 then 'credit-memo' else 'invoice' end) stored,
  constraint invoices_approved_check
    check (status in ('draft', 'rejected') or (approved_hash is not null and approved_hash = content_hash)),
  -- Lines that cancel out: nothing is sent.
  constraint invoices_settled_check check (status <> 'settled' or total_minor = 0),
  -- False of what is void and is to be billed anew: a person said so.
  counts_as_billed boolean not null default true,
  constraint invoices_counts_check check (counts_as_billed or status = 'voided')
);
create index invoices_newest on billing.invoices (tenant_id, created_at desc, id desc);
alter table billing.invoices enable row level security, force row level security;
create policy tenant on billing.invoices
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
-- What a customer's people see is what was posted: a draft is the MSP's own business.
create policy guest on billing.invoices as restrictive to app_service
  using (case when (select app.customer_id()) is null then true
    else customer_id = (select app.customer_id()) and status in ('posted', 'voided') end);
-- The service approves and posts, and writes what persons change of a draft; it says nothing else once it is approved.
grant select, update (status, approved_by, approved_hash, approved_at, total_minor, content_hash, counts_as_billed)
  on billing.invoices to app_service;
grant select on billing.invoices to tenant_job;
grant insert (tenant_id, customer_id, customer_name, period_start, period_end, currency, total_minor, content_hash, run_id),
  update (customer_name, total_minor, content_hash, run_id)
  on billing.invoices to tenant_job;

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
  -- Of a correction: the line that it corrects, where there was one, and its month.
  corrects uuid,
  corrects_period date,
  -- What the rating says of a line that a person has changed: {description, quantityE6, unitPriceE8, amountMinor}.
  rated jsonb,
  primary key (tenant_id, id),
  unique (tenant_id, source_key),
  unique (tenant_id, invoice_id, position),
  foreign key (tenant_id, invoice_id) references billing.invoices (tenant_id, id) on delete cascade deferrable,
  constraint invoice_lines_corrects foreign key (tenant_id, corrects) references billing.invoice_lines (tenant_id, id) deferrable,
  constraint invoice_lines_corrects_check check (corrects is null or corrects_period is not null)
);
create index invoice_lines_corrected on billing.invoice_lines (tenant_id, corrects_period) where corrects_period is not null;
create index invoice_lines_corrects on billing.invoice_lines (tenant_id, corrects) where corrects is not null;
-- What an invoice was priced by is found again before a rule is removed.
create index invoice_lines_rule on billing.invoice_lines (tenant_id, (explanation ->> 'ruleId'));
alter table billing.invoice_lines enable row level security, force row level security;
create policy tenant on billing.invoice_lines
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.invoice_lines as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else invoice_id in
    (select i.id from billing.invoices i where i.customer_id = (select app.customer_id()) and i.status in ('posted', 'voided')) end);
grant select, insert, update (description, quantity_e6, unit_price_e8, amount_minor, rated), delete on billing.invoice_lines
  to app_service;
grant select on billing.invoice_lines to tenant_job;
grant insert (tenant_id, invoice_id, position, source_key, description, quantity_e6, unit_price_e8, amount_minor, cost_minor,
    explanation, corrects, corrects_period, rated)
  on billing.invoice_lines to tenant_job;

-- What persons have changed of drafts: the rating goes on saying what it says, and a run that writes the draft anew keeps both.
-- A null is as the rating has it. A line of a person's own is complete, and its key begins with 'manual:'.
create table billing.line_edits (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  customer_id uuid not null,
  period_start date not null,
  currency text not null,
  source_key text not null,
  description text,
  quantity_e6 bigint,
  unit_price_e8 bigint,
  reason text not null,
  edited_by uuid not null,
  edited_name text not null,
  edited_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, customer_id, period_start, currency, source_key),
  foreign key (tenant_id, customer_id) references billing.customers (tenant_id, id) deferrable,
  constraint line_edits_manual_check
    check (source_key not like 'manual:%' or (description is not null and quantity_e6 is not null and unit_price_e8 is not null))
);
alter table billing.line_edits enable row level security, force row level security;
create policy tenant on billing.line_edits
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.line_edits as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.line_edits to app_service;
grant select on billing.line_edits to tenant_job;

-- What a person has decided about a customer's month, whatever becomes of its draft. held: nobody approves it until then.
-- left: it is not billed. anew: it is drafted anew before anybody approves it, by a run that begins after.
create table billing.invoice_decisions (
  tenant_id uuid not null,
  customer_id uuid not null,
  period_start date not null,
  currency text not null,
  decision text not null check (decision in ('held', 'left', 'anew')),
  reason text not null,
  held_until date,
  -- The instant at which that day begins where the tenant is.
  held_until_at timestamptz,
  decided_by uuid not null,
  decided_name text not null,
  decided_at timestamptz not null,
  answered_at timestamptz,
  primary key (tenant_id, customer_id, period_start, currency),
  foreign key (tenant_id, customer_id) references billing.customers (tenant_id, id) deferrable,
  constraint invoice_decisions_until_check
    check ((held_until is null) = (held_until_at is null) and (decision = 'held' or held_until is null)),
  constraint invoice_decisions_answered_check check (decision = 'anew' or answered_at is null)
);
alter table billing.invoice_decisions enable row level security, force row level security;
create policy tenant on billing.invoice_decisions
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.invoice_decisions as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.invoice_decisions to app_service;
grant select, update (answered_at) on billing.invoice_decisions to tenant_job;

-- Above which amount two persons approve.
create table billing.approval_limits (
  tenant_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  limit_minor bigint not null check (limit_minor >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, currency)
);
alter table billing.approval_limits enable row level security, force row level security;
create policy service on billing.approval_limits to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on billing.approval_limits as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.approval_limits to app_service;

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

-- A person has said that a customer is invoiced by us although SuperOps invoices it, too.
create table billing.superops_choices (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  customer_id uuid not null,
  -- Of one month, by its first day; null for all of them.
  period date,
  -- Of one month it is said of the invoices that SuperOps had then: one that comes later is told again. Null where it is said of all
  -- that there are and will be.
  seen_ids text[],
  seen_unreadable integer,
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
grant select, insert, delete, update (seen_ids, seen_unreadable, chosen_by, chosen_at) on billing.superops_choices to app_service;

-- Who has approved what; of which words and numbers.
create table billing.invoice_approvals (
  tenant_id uuid not null,
  invoice_id uuid not null,
  member_id uuid not null,
  member_name text not null,
  content_hash text not null,
  approved_at timestamptz not null,
  primary key (tenant_id, invoice_id, member_id),
  foreign key (tenant_id, invoice_id) references billing.invoices (tenant_id, id) on delete cascade deferrable
);
alter table billing.invoice_approvals enable row level security, force row level security;
create policy tenant on billing.invoice_approvals
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.invoice_approvals as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.invoice_approvals to app_service;

-- What may become of an invoice: its content changes while it is a draft, and a draft is approved as it is, by a person.
create function billing.check_invoice_step(o billing.invoices, n billing.invoices) returns void language plpgsql
  set search_path = ''
  as $$
    begin
      if (o.status <> 'draft' or n.status <> 'draft')
          and (n.tenant_id, n.id, n.customer_id, n.customer_name, n.period_start, n.period_end, n.currency, n.total_minor,
            n.content_hash, n.run_id, n.created_at)
          is distinct from (o.tenant_id, o.id, o.customer_id, o.customer_name, o.period_start, o.period_end, o.currency,
            o.total_minor, o.content_hash, o.run_id, o.created_at) then
        raise exception 'only a draft changes' using errcode = 'restrict_violation';
      end if;
      if n.status <> o.status and (o.status, n.status) not in (('draft', 'approved'), ('draft', 'settled'),
          ('draft', 'rejected'), ('approved', 'posting'), ('failed', 'posting'), ('posting', 'posted'),
          ('posting', 'in-doubt'), ('posting', 'failed'), ('in-doubt', 'posted'), ('in-doubt', 'failed'), ('posted', 'voided'),
          ('posted', 'posting'), ('approved', 'draft'), ('settled', 'draft'), ('rejected', 'draft'), ('posting', 'draft'),
          ('failed', 'draft')) then
        raise exception 'an invoice does not go from % to %', o.status, n.status using errcode = 'restrict_violation';
      end if;
      if n.status <> o.status and (o.status = 'draft' or n.status = 'draft') and app.session_tenant() is not null then
        raise exception 'a person decides what becomes of a draft' using errcode = 'restrict_violation';
      end if;
      if o.status = 'posted' and n.status <> 'posted' and exists (
          select from billing.postings p
          where p.tenant_id = n.tenant_id and p.invoice_id = n.id and p.state = 'posted') then
        raise exception 'what is in QuickBooks stays posted' using errcode = 'restrict_violation';
      end if;
      if o.status = 'draft' and n.status in ('approved', 'settled') then
        if n.approved_by is null or n.approved_at is null then
          raise exception 'a person approves an invoice' using errcode = 'restrict_violation';
        end if;
        if exists (select from billing.approval_limits l
              where l.tenant_id = n.tenant_id and l.currency = n.currency and abs(n.total_minor) > l.limit_minor)
            and (select count(*) from billing.invoice_approvals a
              where a.tenant_id = n.tenant_id and a.invoice_id = n.id and a.content_hash = n.content_hash) < 2 then
          raise exception 'two persons approve what is above the limit' using errcode = 'restrict_violation';
        end if;
      elsif o.status <> 'draft' and n.status = 'draft' then
        if exists (select from billing.postings p where p.tenant_id = n.tenant_id and p.invoice_id = n.id
            and (p.state in ('posting', 'in-doubt', 'posted') or p.sent_at is not null)) then
          raise exception 'what may have been sent is not taken back' using errcode = 'restrict_violation';
        end if;
        if coalesce(n.approved_by::text, n.approved_hash, n.approved_at::text) is not null then
          raise exception 'a draft has no approval' using errcode = 'restrict_violation';
        end if;
      elsif (n.approved_by, n.approved_hash, n.approved_at) is distinct from (o.approved_by, o.approved_hash, o.approved_at) then
        raise exception 'an approval never changes' using errcode = 'restrict_violation';
      end if;
    end
  $$;
grant execute on function billing.check_invoice_step(billing.invoices, billing.invoices) to app_service, tenant_job;

-- Posted rows never change, but that what they became in QuickBooks is void; only the end of the whole tenant removes them. What a person approved only moves on, and only
-- a person approves: whichever rights a login has, and an administrator aside, who repairs.
create function billing.guard_posted() returns trigger language plpgsql set search_path = ''
  as $$
    begin
      if current_user <> 'legendops_owner' and (old.status = 'voided'
          or old.status = 'posted' and (tg_op = 'DELETE' or new.status not in ('voided', 'posting'))) then
        raise exception 'a posted invoice never changes' using errcode = 'restrict_violation';
      end if;
      if tg_op = 'DELETE' then
        return old;
      end if;
      if current_user = 'app_service' or app.session_tenant() is not null then
        perform billing.check_invoice_step(old, new);
      end if;
      new.version := old.version + 1;
      new.updated_at := pg_catalog.clock_timestamp();
      return new;
    end
  $$;

grant execute on function billing.guard_posted() to app_service, tenant_job;
create trigger guard_posted before update or delete on billing.invoices for each row execute function billing.guard_posted();

-- The invoice is held while its lines change: an approval waits for them, or they for the approval.
create function billing.guard_posted_lines() returns trigger language plpgsql set search_path = ''
  as $$
    declare
      held text;
    begin
      if current_user = 'legendops_owner' then
        return coalesce(new, old);
      end if;
      select i.status into held from billing.invoices i
        where i.tenant_id = coalesce(new.tenant_id, old.tenant_id) and i.id = coalesce(new.invoice_id, old.invoice_id)
        for share;
      if held <> 'draft' then
        raise exception 'the lines of an approved invoice never change' using errcode = 'restrict_violation';
      end if;
      -- An approval that was taken back meanwhile: its month is drafted anew, and there is nothing to correct.
      if tg_op = 'INSERT' and new.corrects_period is not null then
        perform from billing.invoices i
          join billing.invoices c on c.tenant_id = i.tenant_id and c.customer_id = i.customer_id and c.currency = i.currency
          where i.tenant_id = new.tenant_id and i.id = new.invoice_id and c.period_start = new.corrects_period
            and c.status = 'draft'
          for share of c;
        if found then
          raise exception 'a draft is not corrected' using errcode = 'restrict_violation';
        end if;
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
  state text not null default 'posting' check (state in ('posting', 'posted', 'in-doubt', 'failed', 'voided')),
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
  -- What was sent: whatever is sent again under the same requestid is the very same.
  outgoing jsonb,
  primary key (tenant_id, id),
  unique (tenant_id, invoice_id, generation),
  unique (tenant_id, request_id),
  unique (tenant_id, doc_number, generation),
  foreign key (tenant_id, invoice_id) references billing.invoices (tenant_id, id) deferrable,
  check ((state in ('posted', 'voided')) = (remote_id is not null))
);
create index postings_open on billing.postings (state, created_at) where state <> 'posted';
create index postings_due on billing.postings (next_attempt_at) where state in ('posting', 'in-doubt');
create trigger touch before update on billing.postings for each row execute function app.touch();
alter table billing.postings enable row level security, force row level security;
create policy tenant on billing.postings
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy platform on billing.postings to app_platform using (true) with check (false);
create policy guest on billing.postings as restrictive to app_service
  using (case when (select app.customer_id()) is null then true else invoice_id in
    (select i.id from billing.invoices i where i.customer_id = (select app.customer_id()) and i.status in ('posted', 'voided')) end);
grant select, insert, update on billing.postings to app_service;
grant select on billing.postings to tenant_job, app_platform;

-- A void that a person has asked for exists before the call to QuickBooks, as a posting does: a process that dies in the
-- middle of it leaves it to be looked for.
create table billing.voidings (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  invoice_id uuid not null,
  posting_id uuid not null,
  state text not null default 'voiding' check (state in ('voiding', 'voided', 'failed')),
  reason text not null,
  -- Whether what the invoice bills is billed anew.
  bills_anew boolean not null,
  asked_by uuid not null,
  code text,
  detail text,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  claimed_until timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, posting_id) references billing.postings (tenant_id, id) deferrable
);
create unique index voidings_open on billing.voidings (tenant_id, invoice_id) where state = 'voiding';
create index voidings_due on billing.voidings (next_attempt_at) where state = 'voiding';
create index voidings_invoice on billing.voidings (tenant_id, invoice_id);
create index voidings_posting on billing.voidings (tenant_id, posting_id);
create trigger touch before update on billing.voidings for each row execute function app.touch();
alter table billing.voidings enable row level security, force row level security;
create policy service on billing.voidings to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy platform on billing.voidings to app_platform using (true) with check (false);
create policy guest on billing.voidings as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update on billing.voidings to app_service;
grant select on billing.voidings to app_platform;

-- What QuickBooks has of each invoice and credit memo that was posted: what is open of it, and what a person has changed
-- there. Written by whoever looks, the service or a job; an older state changes nothing, and what is deleted
-- never comes back.
create table billing.book_entries (
  tenant_id uuid not null,
  posting_id uuid not null,
  invoice_id uuid not null,
  state text not null check (state in ('there', 'voided', 'deleted')),
  doc_number text not null,
  remote_customer_id text,
  currency text,
  -- Above nothing of a credit memo, too, as QuickBooks has them. The total is with the tax.
  total_minor bigint not null,
  tax_minor bigint not null,
  open_minor bigint,
  line_minors bigint[],
  due_on date,
  -- How often QuickBooks has changed it: who has seen it later is known by that.
  sync_token bigint not null,
  seen_at timestamptz not null,
  -- A person said that it is right as it was then; null where nobody did.
  accepted text,
  accepted_by uuid,
  accepted_at timestamptz,
  primary key (tenant_id, posting_id),
  foreign key (tenant_id, posting_id) references billing.postings (tenant_id, id) deferrable,
  constraint book_entries_accepted_check check ((accepted is null) = (accepted_by is null) and (accepted is null) = (accepted_at is null))
);
create index book_entries_invoice on billing.book_entries (tenant_id, invoice_id);
alter table billing.book_entries enable row level security, force row level security;
create policy tenant on billing.book_entries
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.book_entries as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update on billing.book_entries to app_service;
-- What is right is a person's word.
grant select, insert (tenant_id, posting_id, invoice_id, state, doc_number, remote_customer_id, currency, total_minor, tax_minor,
    open_minor, line_minors, due_on, sync_token, seen_at),
  update (state, doc_number, remote_customer_id, currency, total_minor, tax_minor, open_minor, line_minors, due_on,
    sync_token, seen_at)
  on billing.book_entries to tenant_job;

-- How far the changes of an account have been read, and when they are to be read again: QuickBooks says that there are some.
create table billing.account_looks (
  tenant_id uuid not null,
  realm_id text not null,
  read_to timestamptz,
  looked_at timestamptz,
  next_look_at timestamptz not null default now(),
  claimed_until timestamptz,
  attempts integer not null default 0,
  primary key (tenant_id, realm_id)
);
create index account_looks_due on billing.account_looks (next_look_at);
alter table billing.account_looks enable row level security, force row level security;
create policy tenant on billing.account_looks
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy platform on billing.account_looks to app_platform using (true) with check (false);
create policy guest on billing.account_looks as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update on billing.account_looks to app_service;
grant select on billing.account_looks to app_platform;
grant select, insert (tenant_id, realm_id, read_to), update (read_to) on billing.account_looks to tenant_job;

-- Identity between a thing here and one in a QuickBooks company: whose customer is whose, and which item, tax code and terms
-- stand on invoices. `posted`: confirmed by what was posted to it; `made`: we made it; `person`: a person chose it.
-- Without a customer and a product it is for all of them; a customer of books with Multicurrency has one for each currency.
create table billing.links (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  realm_id text not null,
  kind text not null check (kind in ('customer', 'item', 'tax-code', 'terms')),
  customer_id uuid,
  product_id uuid,
  currency text check (currency ~ '^[A-Z]{3}$'),
  -- Null until QuickBooks has made it: the name is the one that it is to have.
  remote_id text,
  remote_name text not null,
  origin text not null check (origin in ('posted', 'made', 'person')),
  confirmed_by uuid,
  -- QuickBooks has it no more, or it was made inactive: nothing goes there until a person links anew.
  gone_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint links_subject unique nulls not distinct (tenant_id, realm_id, kind, customer_id, product_id, currency),
  foreign key (tenant_id, customer_id) references billing.customers (tenant_id, id) deferrable,
  constraint links_customer_check check (kind <> 'customer' or (customer_id is not null and product_id is null)),
  constraint links_other_check check (kind = 'customer' or (currency is null and remote_id is not null)),
  constraint links_person_check check (origin <> 'person' or confirmed_by is not null)
);
create unique index links_one_customer on billing.links (tenant_id, realm_id, remote_id)
  where kind = 'customer' and gone_at is null;
create trigger touch before update on billing.links for each row execute function app.touch();
alter table billing.links enable row level security, force row level security;
create policy service on billing.links to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on billing.links as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.links to app_service;

-- What a person has chosen for a QuickBooks company: the date of its invoices, and what becomes of those that fall into a
-- month that its books have closed.
create table billing.book_choices (
  tenant_id uuid not null,
  realm_id text not null,
  invoice_date text not null default 'period-end' check (invoice_date in ('period-end', 'posting-day')),
  closed_books text not null default 'ask' check (closed_books in ('ask', 'first-open-day')),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, realm_id)
);
create trigger touch before update on billing.book_choices for each row execute function app.touch();
alter table billing.book_choices enable row level security, force row level security;
create policy service on billing.book_choices to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on billing.book_choices as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update on billing.book_choices to app_service;

-- A past month as it would have been billed here, set against the invoices and credit memos that are in QuickBooks: for a person to read, and
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
  -- What a line of QuickBooks stands on; null of what was compared before credit memos were: an invoice.
  their_kind text check (their_kind in ('invoice', 'credit-memo')),
  primary key (tenant_id, shadow_run_id, position),
  foreign key (tenant_id, shadow_run_id) references billing.shadow_runs (tenant_id, id) on delete cascade deferrable
);
alter table billing.shadow_lines enable row level security, force row level security;
create policy service on billing.shadow_lines to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on billing.shadow_lines as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert on billing.shadow_lines to app_service;

-- Of the version before, whose programs run on while this one is rolled out; the next version drops it.
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

-- What could not be billed or posted and a person must look at; resolved when a later run no longer finds it, or by what
-- settles it. Without a run it is a posting's.
create table billing.exceptions (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  run_id uuid,
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
  -- Of which invoice, where its next step is taken there.
  invoice_id uuid,
  constraint exceptions_amount_check check ((amount_minor is null) = (currency is null)),
  foreign key (tenant_id, run_id) references billing.runs (tenant_id, id) deferrable
);
create unique index exceptions_open on billing.exceptions (tenant_id, subject_key, code, period) nulls not distinct
  where resolved_at is null;
create index exceptions_newest on billing.exceptions (tenant_id, first_seen_at desc, id desc);
alter table billing.exceptions enable row level security, force row level security;
create policy tenant on billing.exceptions
  using (tenant_id = (select app.own_tenant())) with check (tenant_id = (select app.own_tenant()));
create policy guest on billing.exceptions as restrictive to app_service using ((select app.customer_id()) is null);
create policy platform on billing.exceptions to app_platform using (true) with check (false);
grant select, update (dismissed_at, dismissed_by) on billing.exceptions to app_service;
grant insert (tenant_id, run_id, subject_key, code, customer_id, detail, next_step, period, amount_minor, currency, invoice_id),
  update (customer_id, detail, next_step, resolved_at, amount_minor, currency, invoice_id)
  on billing.exceptions to app_service;
grant select on billing.exceptions to tenant_job;
grant insert (tenant_id, run_id, subject_key, code, customer_id, detail, next_step, period, amount_minor, currency, invoice_id),
  update (customer_id, detail, next_step, resolved_at, dismissed_at, dismissed_by, amount_minor, currency, invoice_id)
  on billing.exceptions to tenant_job;
grant select (code, resolved_at, dismissed_at) on billing.exceptions to app_platform;
-- A dismissal is a person's: a job may only take it back, when it has something else to say.
create function billing.guard_dismissal() returns trigger language plpgsql set search_path = ''
  as $$
    begin
      if app.session_tenant() is not null and (new.dismissed_at is not null or new.dismissed_by is not null)
          and (new.dismissed_at, new.dismissed_by) is distinct from (old.dismissed_at, old.dismissed_by) then
        raise exception 'a person dismisses an exception' using errcode = 'restrict_violation';
      end if;
      return new;
    end
  $$;
grant execute on function billing.guard_dismissal() to app_service, tenant_job;
create trigger guard_dismissal before update on billing.exceptions for each row execute function billing.guard_dismissal();

-- What a job removes, for its own tenant: a right to DELETE is one to lock the table.
create function billing.remove_drafts(p_ids uuid[]) returns integer language plpgsql security definer set search_path = ''
  as $$
    declare
      removed integer;
    begin
      -- A draft that was approved once may have tries that never went: nothing of them is anywhere.
      delete from billing.postings p
        where p.tenant_id = app.session_tenant() and p.state = 'failed' and p.sent_at is null and p.invoice_id in (
          select i.id from billing.invoices i
          where i.tenant_id = app.session_tenant() and i.id = any (p_ids) and i.status = 'draft' for update);
      delete from billing.invoices i
        where i.tenant_id = app.session_tenant() and i.id = any (p_ids) and i.status = 'draft';
      get diagnostics removed = row_count;
      return removed;
    end
  $$;

create function billing.remove_draft_lines(p_invoice uuid) returns integer language plpgsql security definer set search_path = ''
  as $$
    declare
      removed integer;
    begin
      perform from billing.invoices i
        where i.tenant_id = app.session_tenant() and i.id = p_invoice and i.status = 'draft' for update;
      if not found then
        raise exception 'the lines of an approved invoice never change' using errcode = 'restrict_violation';
      end if;
      delete from billing.invoice_lines l where l.tenant_id = app.session_tenant() and l.invoice_id = p_invoice;
      get diagnostics removed = row_count;
      return removed;
    end
  $$;

create function billing.remove_companies(p_listed uuid[]) returns integer language plpgsql security definer set search_path = ''
  as $$
    declare
      removed integer;
    begin
      delete from billing.pax8_companies c where c.tenant_id = app.session_tenant() and c.id <> all (p_listed);
      get diagnostics removed = row_count;
      return removed;
    end
  $$;

-- Whether a session of the caller's own tenant is still there: what a run's `session` held ends with it. No login can
-- have another tenant's name, so nobody else can keep a run alive or end it.
create function billing.is_own_session(p_pid integer) returns boolean language sql stable security definer set search_path = ''
  as $$
    select exists (select from pg_catalog.pg_stat_activity a
      where a.pid = p_pid and a.datname = pg_catalog.current_database()
        and a.usename::text in ('t_' || replace(app.session_tenant()::text, '-', '') || '_a',
          't_' || replace(app.session_tenant()::text, '-', '') || '_b'))
  $$;
grant execute on function billing.remove_drafts(uuid[]), billing.remove_draft_lines(uuid), billing.remove_companies(uuid[]),
  billing.is_own_session(integer) to tenant_job;

-- How the connections of these tenants are, for the operator's condition IntegrationsReady: one call for all. It sees what
-- the policy lets it see of one tenant after the other, by three columns.
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

-- A run that drafted invoices, told by the database from the run's own row: a tenant's login writes no entry of the audit trail.
create function billing.audit_run() returns trigger language plpgsql security definer set search_path = ''
  as $$
    begin
      perform app.append_audit(new.tenant_id, 'invoices.drafted',
        pg_catalog.jsonb_build_object('kind', 'job', 'id', null, 'name', new.job, 'email', null),
        pg_catalog.jsonb_build_object('type', 'run', 'id', new.id,
          'name', coalesce('Invoice run of ' || pg_catalog.to_char(new.period, 'YYYY-MM'), 'Invoice run')),
        (select coalesce(pg_catalog.jsonb_agg(
            pg_catalog.jsonb_build_object('field', key, 'before', null, 'after', value) order by key), '[]')
          from pg_catalog.jsonb_each_text(new.counts)));
      return null;
    end
  $$;
create trigger audit after update of state on billing.runs for each row
  when (old.state = 'running' and new.state = 'done' and new.job = 'invoice-run') execute function billing.audit_run();

-- The channel of Teams that a tenant's notices go to. Its address is a secret: it is in the vault, and never here.
create table billing.teams_channels (
  tenant_id uuid not null,
  -- The host of its address, for people to know it by.
  host text not null,
  kinds text[] not null default '{failure,approval,variance,connection,month}'
    check (kinds <@ array['failure', 'approval', 'variance', 'connection', 'month']),
  -- Why Teams does not take what is sent there; null while it does.
  failure text,
  connected_at timestamptz not null default now(),
  primary key (tenant_id)
);
alter table billing.teams_channels enable row level security, force row level security;
create policy service on billing.teams_channels to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on billing.teams_channels as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update, delete on billing.teams_channels to app_service;

-- Which notices a person gets by mail, and when; of what nobody has chosen there is no row.
create table billing.notice_choices (
  tenant_id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('failure', 'approval', 'variance', 'connection', 'month')),
  delivery text not null check (delivery in ('at-once', 'daily', 'none')),
  primary key (tenant_id, member_id, kind)
);
alter table billing.notice_choices enable row level security, force row level security;
create policy service on billing.notice_choices to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on billing.notice_choices as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update on billing.notice_choices to app_service;

-- When a tenant is looked through for what to tell. One process at a time takes it.
create table billing.notice_sweeps (
  tenant_id uuid not null,
  next_at timestamptz not null,
  primary key (tenant_id)
);
alter table billing.notice_sweeps enable row level security, force row level security;
create policy service on billing.notice_sweeps to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy platform on billing.notice_sweeps to app_platform using (true) with check (false);
create policy guest on billing.notice_sweeps as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update on billing.notice_sweeps to app_service;
grant select on billing.notice_sweeps to app_platform;

-- A cause that people are told of, in the words that they are told it by. There is one as long as the cause is there: it is
-- cleared when that is gone, and another one is raised when it comes again.
create table billing.notices (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  kind text not null check (kind in ('failure', 'approval', 'variance', 'connection', 'month')),
  cause_key text not null,
  title text not null,
  customer_name text,
  period date,
  amount_minor bigint,
  currency text,
  detail text not null,
  next_step text not null,
  -- Where in the portal the next step is taken.
  path text not null check (path like '/%'),
  raised_at timestamptz not null,
  -- When its messages were written.
  told_at timestamptz,
  cleared_at timestamptz,
  primary key (tenant_id, id),
  constraint notices_amount_check check ((amount_minor is null) = (currency is null))
);
create unique index notices_open on billing.notices (tenant_id, cause_key) where cleared_at is null;
create index notices_newest on billing.notices (tenant_id, raised_at desc, id desc);
create index notices_age on billing.notices (cleared_at) where cleared_at is not null;
alter table billing.notices enable row level security, force row level security;
create policy service on billing.notices to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy platform on billing.notices to app_platform
  using (cleared_at < now() - interval '90 days') with check (false);
create policy guest on billing.notices as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update (told_at, cleared_at) on billing.notices to app_service;
grant select (tenant_id, id, cleared_at), delete on billing.notices to app_platform;

-- What is sent: to the mailbox of a person, at once or as the digest of one of the tenant's days, or to the channel.
-- sent: taken by the mail server, or by Teams; dead: given up; dropped: there was nobody, or nothing left, to tell.
create table billing.notice_messages (
  tenant_id uuid not null,
  id uuid not null default app.uuid_v7(),
  channel text not null check (channel in ('mail', 'teams')),
  member_id uuid,
  digest_on date,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'dead', 'dropped')),
  -- Names the claim: a later one makes an earlier one's outcome void. failures counts those in vain alone.
  attempts integer not null default 0,
  failures integer not null default 0,
  next_attempt_at timestamptz not null,
  claimed_until timestamptz,
  -- Why the last attempt was in vain.
  failure text,
  settled_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint notice_messages_person_check check ((channel = 'mail') = (member_id is not null)),
  constraint notice_messages_digest_check check (digest_on is null or channel = 'mail'),
  constraint notice_messages_settled_check check ((state = 'waiting') = (settled_at is null))
);
create unique index notice_messages_digest on billing.notice_messages (tenant_id, member_id, digest_on)
  where digest_on is not null;
create index notice_messages_due on billing.notice_messages (next_attempt_at) where state = 'waiting';
create index notice_messages_age on billing.notice_messages (settled_at) where settled_at is not null;
alter table billing.notice_messages enable row level security, force row level security;
create policy service on billing.notice_messages to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy platform on billing.notice_messages to app_platform using (true) with check (false);
create policy guest on billing.notice_messages as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, update on billing.notice_messages to app_service;
grant select (tenant_id, id, channel, state, next_attempt_at, claimed_until, settled_at), delete
  on billing.notice_messages to app_platform;

-- What a message tells.
create table billing.notice_items (
  tenant_id uuid not null,
  message_id uuid not null,
  notice_id uuid not null,
  primary key (tenant_id, message_id, notice_id),
  foreign key (tenant_id, message_id) references billing.notice_messages (tenant_id, id) on delete cascade deferrable,
  foreign key (tenant_id, notice_id) references billing.notices (tenant_id, id) on delete cascade deferrable
);
create index notice_items_notice on billing.notice_items (tenant_id, notice_id);
alter table billing.notice_items enable row level security, force row level security;
create policy service on billing.notice_items to app_service, legendops_owner
  using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()));
create policy guest on billing.notice_items as restrictive to app_service using ((select app.customer_id()) is null);
grant select, insert, delete on billing.notice_items to app_service;
