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

-- What was posted to is confirmed by that. The owner itself is under the policies, and a migration has no tenant.
alter table billing.quickbooks_customers no force row level security;
alter table billing.links no force row level security;
alter table billing.customers no force row level security;
insert into billing.links (tenant_id, realm_id, kind, customer_id, remote_id, remote_name, origin, created_at)
  select q.tenant_id, q.realm_id, 'customer', q.customer_id, q.remote_id, c.name, 'posted', q.created_at
  from billing.quickbooks_customers q
  join billing.customers c on c.tenant_id = q.tenant_id and c.id = q.customer_id;
alter table billing.customers force row level security;
alter table billing.links force row level security;
alter table billing.quickbooks_customers force row level security;
