-- The mirror keeps what was so on each day of a month, exceptions belong to a period, and a QuickBooks customer to one of
-- ours alone.

-- What held from which day on; the open version is what Pax8 says now.
alter table billing.pax8_subscriptions
  alter column cost_e8 drop not null,
  add column effective_from date,
  add column effective_to date check (effective_to > effective_from);
-- The owner itself is under the policies, and a migration has no tenant.
alter table billing.pax8_subscriptions no force row level security;
-- What is to start later is known from now on. A cost of nothing was also how an unknown one was written: which of them it
-- was cannot be told any more, and the next sync fills in what the vendor says.
update billing.pax8_subscriptions
  set effective_from = least(start_date, current_date), cost_e8 = nullif(cost_e8, 0);
alter table billing.pax8_subscriptions force row level security;
alter table billing.pax8_subscriptions
  alter column effective_from set not null,
  drop constraint pax8_subscriptions_pkey,
  add primary key (tenant_id, id, effective_from);
create unique index pax8_subscriptions_current on billing.pax8_subscriptions (tenant_id, id) where effective_to is null;
revoke delete on billing.pax8_subscriptions from tenant_job;

drop index billing.pax8_usage_lines_current;
create unique index pax8_usage_lines_current on billing.pax8_usage_lines
  (tenant_id, summary_id, usage_date, product_id, resource_group, unit_of_measure, currency, is_trial)
  where superseded_at is null;
create index pax8_usage_lines_subscription on billing.pax8_usage_lines (tenant_id, subscription_id, usage_date)
  where superseded_at is null;

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

alter table billing.connections
  drop constraint connections_state_check,
  add constraint connections_state_check check (state in ('connected', 'reconnect', 'paused'));
-- The poster looks for work of all tenants at once, and not at those who have no books to post to.
create policy platform on billing.connections to app_platform using (true) with check (false);
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

-- A check that is null passes: an approved invoice without the hash of what was approved must not.
alter table billing.invoices
  drop constraint invoices_check1,
  add constraint invoices_approved_check
    check (status = 'draft' or (approved_hash is not null and approved_hash = content_hash));
alter table billing.invoice_lines alter column cost_minor drop not null;

-- When the invoice itself was last on its way to these books; null again once QuickBooks has refused it for certain. A claim
-- is apart from the next attempt: what moves that one must not hand out a posting that somebody works on.
alter table billing.postings
  add column realm_name text not null default '',
  add column sent_at timestamptz,
  add column claimed_until timestamptz;
alter table billing.postings no force row level security;
update billing.postings set sent_at = updated_at where attempts > 0;
alter table billing.postings force row level security;

-- Customers of one name shared one in QuickBooks: the first one keeps it, the other's next posting says what to do.
alter table billing.quickbooks_customers no force row level security;
delete from billing.quickbooks_customers q using (
  select tenant_id, customer_id, realm_id,
    row_number() over (partition by tenant_id, realm_id, remote_id order by created_at, customer_id) as place
  from billing.quickbooks_customers
) d where d.place > 1 and (q.tenant_id, q.customer_id, q.realm_id) = (d.tenant_id, d.customer_id, d.realm_id);
alter table billing.quickbooks_customers force row level security;
alter table billing.quickbooks_customers
  add constraint quickbooks_customers_remote unique (tenant_id, realm_id, remote_id);

alter table billing.exceptions
  add column period date,
  add column dismissed_at timestamptz,
  add column dismissed_by uuid;
alter table billing.exceptions no force row level security;
alter table billing.runs no force row level security;
update billing.exceptions e set period = r.period from billing.runs r
where r.tenant_id = e.tenant_id and r.id = e.run_id and r.job = 'invoice-run';
alter table billing.exceptions force row level security;
alter table billing.runs force row level security;
grant update (dismissed_at, dismissed_by) on billing.exceptions to app_service;
drop index billing.exceptions_open;
create unique index exceptions_open on billing.exceptions (tenant_id, subject_key, code, period) nulls not distinct
  where resolved_at is null;
