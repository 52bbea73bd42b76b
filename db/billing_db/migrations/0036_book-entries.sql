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

-- Whose account it is that QuickBooks speaks of.
grant select (account) on billing.connections to app_platform;

-- What is wrong with an invoice is put right on it; and the service looks as well as a run does.
alter table billing.exceptions add column invoice_id uuid;
grant insert (run_id, invoice_id), update (invoice_id) on billing.exceptions to app_service;
grant insert (invoice_id), update (invoice_id) on billing.exceptions to tenant_job;
